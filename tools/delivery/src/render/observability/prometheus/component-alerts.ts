import type { AlertRule } from '../rule.ts';

const postgres = 'job="postgres-exporter",instance="postgres-exporter:9187"';
const redis = 'job="redis-exporter",instance="redis-exporter:9121"';
const kafka = 'job="kafka-exporter",instance="kafka-exporter:9308"';

/** Alerts about databases, caches and brokers, and about the watching itself. Each is left out without its exporter. */
export const componentAlerts: readonly AlertRule[] = [
  {
    name: 'PostgresDown',
    expression: 'min by (instance) (pg_up) == 0',
    for: '1m',
    severity: 'critical',
    labels: { service: 'postgres' },
    summary: 'PostgreSQL does not answer',
    description: 'For one minute {{ $labels.instance }} has not been able to ask the database.',
    sources: ['postgres-exporter'],
    test: {
      labels: { instance: 'postgres-exporter:9187' },
      firing: { series: { [`pg_up{${postgres}}`]: '0x20' }, at: '5m' },
      silent: { series: { [`pg_up{${postgres}}`]: '1x20' }, at: '5m' },
    },
  },
  {
    name: 'PostgresConnections',
    expression: 'sum by (instance) (pg_stat_activity_count) / max by (instance) (pg_settings_max_connections) > 0.8',
    for: '5m',
    severity: 'warning',
    labels: { service: 'postgres' },
    summary: 'PostgreSQL has few connections left',
    description: 'For five minutes more than 80 % of the connections that the server allows have been in use.',
    sources: ['postgres-exporter'],
    test: {
      labels: { instance: 'postgres-exporter:9187' },
      firing: {
        series: {
          [`pg_stat_activity_count{${postgres},datname="plinth",state="idle"}`]: '81x40',
          [`pg_settings_max_connections{${postgres}}`]: '100x40',
        },
        at: '10m',
      },
      silent: {
        series: {
          [`pg_stat_activity_count{${postgres},datname="plinth",state="idle"}`]: '79x40',
          [`pg_settings_max_connections{${postgres}}`]: '100x40',
        },
        at: '10m',
      },
    },
  },
  {
    name: 'CacheDown',
    expression: 'min by (instance) (redis_up) == 0',
    for: '1m',
    severity: 'critical',
    labels: { service: 'cache' },
    summary: 'The cache does not answer',
    description: 'For one minute {{ $labels.instance }} has not been able to ask the cache.',
    sources: ['redis-exporter'],
    test: {
      labels: { instance: 'redis-exporter:9121' },
      firing: { series: { [`redis_up{${redis}}`]: '0x20' }, at: '5m' },
      silent: { series: { [`redis_up{${redis}}`]: '1x20' }, at: '5m' },
    },
  },
  {
    name: 'KafkaUnderReplicated',
    expression: 'sum by (topic) (kafka_topic_partition_under_replicated_partition) > 0',
    for: '5m',
    severity: 'critical',
    labels: { service: 'kafka' },
    summary: 'Partitions of {{ $labels.topic }} lack a replica',
    description:
      'For five minutes a broker has not kept up with partitions of {{ $labels.topic }}; one more that fails may lose events.',
    sources: ['kafka-exporter'],
    test: {
      labels: { topic: 'user.events' },
      firing: {
        series: {
          [`kafka_topic_partition_under_replicated_partition{${kafka},topic="user.events",partition="0"}`]: '1x40',
        },
        at: '10m',
      },
      silent: {
        series: {
          [`kafka_topic_partition_under_replicated_partition{${kafka},topic="user.events",partition="0"}`]: '0x40',
        },
        at: '10m',
      },
    },
  },
  {
    name: 'QueueBacklog',
    expression: 'sum by (instance) (rabbitmq_queue_messages_ready) > 10000',
    for: '10m',
    severity: 'warning',
    labels: { service: 'rabbitmq' },
    summary: 'Messages pile up in RabbitMQ',
    description: 'For ten minutes more than 10 000 messages on {{ $labels.instance }} have waited for a consumer.',
    sources: ['rabbitmq'],
    test: {
      labels: { instance: 'rabbitmq:15692' },
      firing: {
        series: { 'rabbitmq_queue_messages_ready{job="rabbitmq",instance="rabbitmq:15692"}': '10001x60' },
        at: '20m',
      },
      silent: {
        series: { 'rabbitmq_queue_messages_ready{job="rabbitmq",instance="rabbitmq:15692"}': '9999x60' },
        at: '20m',
      },
    },
  },
  {
    name: 'RuleFailures',
    expression: 'sum by (instance) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0',
    severity: 'warning',
    labels: { service: 'prometheus' },
    summary: 'Prometheus cannot evaluate its rules',
    description: 'Rules on {{ $labels.instance }} fail: alerts that depend on them are silent.',
    sources: ['prometheus'],
    test: {
      labels: { instance: 'prometheus:9090' },
      firing: {
        series: {
          'prometheus_rule_evaluation_failures_total{job="prometheus",instance="prometheus:9090",rule_group="services"}':
            '0+1x20',
        },
        at: '5m',
      },
      silent: {
        series: {
          'prometheus_rule_evaluation_failures_total{job="prometheus",instance="prometheus:9090",rule_group="services"}':
            '4x20',
        },
        at: '5m',
      },
    },
  },
  {
    name: 'NotificationsFail',
    expression: 'sum by (instance, integration) (increase(alertmanager_notifications_failed_total[5m])) > 0',
    severity: 'critical',
    labels: { service: 'alertmanager' },
    summary: 'Alerts do not reach {{ $labels.integration }}',
    description: 'Alertmanager could not hand alerts to {{ $labels.integration }} within the last five minutes.',
    sources: ['alertmanager'],
    test: {
      labels: { instance: 'alertmanager:9093', integration: 'slack' },
      firing: {
        series: {
          'alertmanager_notifications_failed_total{job="alertmanager",instance="alertmanager:9093",integration="slack"}':
            '0+1x20',
        },
        at: '5m',
      },
      silent: {
        series: {
          'alertmanager_notifications_failed_total{job="alertmanager",instance="alertmanager:9093",integration="slack"}':
            '7x20',
        },
        at: '5m',
      },
    },
  },
];
