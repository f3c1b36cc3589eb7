import { line, type Dashboard, type Panel, type Query } from './panel.ts';

/** Times of statements, pools, connections and outboxes; what the exporters of databases and caches tell. */
export const database: Dashboard = {
  uid: 'plinth-database',
  title: 'Database',
  description: 'Statements, connection pools and what waits in outboxes; PostgreSQL and the cache from inside.',
  variables: [],
  marks: [],
  sections: [
    {
      title: 'Statements',
      panels: [
        ...[50, 95, 99].map((percent): Panel => ({
          ...line(`p${percent}`, `${percent} of 100 statements take no longer than this.`, 's', {
            expression: `histogram_quantile(0.${percent}, sum by (service, le) (rate(db_query_duration_seconds_bucket[$__rate_interval])))`,
            legend: '{{service}}',
          }),
          width: 8,
          ...(percent === 95 ? { thresholds: { warning: 0.2, critical: 0.5 } } : {}),
        })),
        line('Statements', 'Statements a second by service.', 'ops', {
          expression: 'sum by (service) (rate(db_query_duration_seconds_count[$__rate_interval]))',
          legend: '{{service}}',
        }),
        line('Slow statements', 'Statements a second that took longer than 100 ms.', 'ops', {
          expression:
            'sum by (service) (rate(db_query_duration_seconds_count[$__rate_interval])) - sum by (service) (rate(db_query_duration_seconds_bucket{le="0.1"}[$__rate_interval]))',
          legend: '{{service}}',
        }),
      ],
    },
    {
      title: 'Pools and outboxes',
      panels: [
        {
          ...line('Free connections', 'Connections that a request can have at once.', 'short', {
            expression: 'min by (job) (pg_pool_available_connections)',
            legend: '{{job}}',
          }),
          thresholds: { warning: 4, critical: 2, lowIsBad: true },
        },
        line('Waiting requests', 'Requests that wait for a connection.', 'short', {
          expression: 'sum by (job) (pg_pool_waiting_requests)',
          legend: '{{job}}',
        }),
        line('Waiting events', 'Events in the outbox that the broker has not taken.', 'short', {
          expression: 'max by (service) (outbox_pending_events)',
          legend: '{{service}}',
        }),
        {
          ...line('Oldest event', 'Age of the oldest event that waits.', 's', {
            expression: 'max by (service) (outbox_oldest_event_age_seconds)',
            legend: '{{service}}',
          }),
          thresholds: { warning: 30, critical: 60 },
        },
      ],
    },
    {
      title: 'PostgreSQL',
      panels: [
        {
          ...line('Connections', 'Share of the connections that the server allows.', 'percentunit', {
            expression: 'sum by (instance) (pg_stat_activity_count) / max by (instance) (pg_settings_max_connections)',
            legend: '{{instance}}',
          }),
          maximum: 1,
          thresholds: { warning: 0.6, critical: 0.8 },
        },
        line('Transactions', 'Committed transactions a second by database.', 'ops', {
          expression: 'sum by (datname) (rate(pg_stat_database_xact_commit[$__rate_interval]))',
          legend: '{{datname}}',
        }),
        {
          ...line('Cache hits', 'Share of pages that were found in memory.', 'percentunit', {
            expression:
              'sum by (datname) (rate(pg_stat_database_blks_hit[$__rate_interval])) / (sum by (datname) (rate(pg_stat_database_blks_hit[$__rate_interval])) + sum by (datname) (rate(pg_stat_database_blks_read[$__rate_interval])) > 0)',
            legend: '{{datname}}',
          }),
          maximum: 1,
        },
        line('Size', 'Bytes on disk by database.', 'bytes', {
          expression: 'max by (datname) (pg_database_size_bytes)',
          legend: '{{datname}}',
        }),
      ],
    },
    {
      title: 'Cache',
      panels: [
        line('Memory', 'Memory that keys and buffers take.', 'bytes', {
          expression: 'max by (instance) (redis_memory_used_bytes)',
          legend: '{{instance}}',
        }),
        line('Commands', 'Commands a second.', 'ops', {
          expression: 'sum by (instance) (rate(redis_commands_processed_total[$__rate_interval]))',
          legend: '{{instance}}',
        }),
      ],
    },
  ],
};

/** CPU, memory, disk and network of machines, containers and services; brokers. */
export const resources: Dashboard = {
  uid: 'plinth-resources',
  title: 'Resources',
  description: 'CPU, memory, disk and network of machines, containers and services, and what waits in brokers.',
  variables: [],
  marks: [],
  sections: [
    {
      title: 'Services',
      panels: [
        share('Memory', 'Share of its limit.', { expression: 'workload:memory_use:ratio', legend: '{{workload}}' }, 80),
        share(
          'CPU',
          'Share of its limit.',
          { expression: 'workload:cpu_use:ratio_rate5m', legend: '{{workload}}' },
          70,
        ),
        line('Event loop', 'Time that work waits in the event loop, p99.', 's', {
          expression: 'max by (job) (nodejs_eventloop_lag_p99_seconds)',
          legend: '{{job}}',
        }),
        line('Heap', 'Memory of JavaScript objects.', 'bytes', {
          expression: 'max by (job) (nodejs_heap_size_used_bytes)',
          legend: '{{job}}',
        }),
      ],
    },
    {
      title: 'Machines',
      panels: [
        share(
          'Memory',
          'Share of the machine.',
          { expression: 'instance:memory_use:ratio', legend: '{{instance}}' },
          80,
        ),
        share(
          'CPU',
          'Share of the machine.',
          { expression: 'instance:cpu_use:ratio_rate5m', legend: '{{instance}}' },
          70,
        ),
        share(
          'Disk',
          'Share of each file system.',
          {
            expression:
              '1 - min by (instance, mountpoint) (node_filesystem_avail_bytes{fstype!~"tmpfs|overlay|squashfs"} / node_filesystem_size_bytes{fstype!~"tmpfs|overlay|squashfs"})',
            legend: '{{instance}} {{mountpoint}}',
          },
          90,
        ),
        {
          ...line('Network', 'Bytes a second in, and out.', 'Bps', {
            expression: 'sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[$__rate_interval]))',
            legend: '{{instance}} in',
          }),
          queries: [
            {
              expression: 'sum by (instance) (rate(node_network_receive_bytes_total{device!="lo"}[$__rate_interval]))',
              legend: '{{instance}} in',
            },
            {
              expression: 'sum by (instance) (rate(node_network_transmit_bytes_total{device!="lo"}[$__rate_interval]))',
              legend: '{{instance}} out',
            },
          ],
        },
      ],
    },
    {
      title: 'Containers',
      panels: [
        share(
          'Memory',
          'Share of its limit, by short identifier.',
          { expression: 'container:memory_use:ratio', legend: '{{container}}' },
          80,
        ),
        share(
          'CPU',
          'Share of its limit, by short identifier.',
          { expression: 'container:cpu_use:ratio_rate5m', legend: '{{container}}' },
          70,
        ),
      ],
    },
    {
      title: 'Brokers',
      panels: [
        line('Kafka lag', 'Messages that a consumer group has not read.', 'short', {
          expression: 'sum by (consumergroup, topic) (kafka_consumergroup_lag)',
          legend: '{{consumergroup}} {{topic}}',
        }),
        line('RabbitMQ', 'Messages that wait for a consumer.', 'short', {
          expression: 'sum by (instance) (rabbitmq_queue_messages_ready)',
          legend: '{{instance}}',
        }),
      ],
    },
    {
      title: 'Targets',
      panels: [
        {
          title: 'Answering',
          description: '1: answered when it was last asked for its metrics.',
          kind: 'bargauge',
          unit: 'short',
          width: 24,
          minimum: 0,
          maximum: 1,
          thresholds: { warning: 1, critical: 0.5, lowIsBad: true },
          queries: [{ expression: 'min by (job) (up)', legend: '{{job}}' }],
        },
      ],
    },
  ],
};

/** A share between nothing and all; red from the percentage at which the alert fires. */
function share(title: string, description: string, query: Query, percent: number): Panel {
  const critical = percent / 100;
  return {
    ...line(title, description, 'percentunit', query),
    maximum: 1,
    thresholds: { warning: Number((critical - 0.1).toFixed(2)), critical },
  };
}
