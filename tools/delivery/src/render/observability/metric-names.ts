/** Who exports a metric, by the name of the catalogue entry; `plinth` is every core service, `scrape` Prometheus itself. */
export type MetricSource =
  | 'scrape'
  | 'plinth'
  | 'prometheus'
  | 'alertmanager'
  | 'node-exporter'
  | 'cadvisor'
  | 'blackbox-exporter'
  | 'pushgateway'
  | 'postgres-exporter'
  | 'redis-exporter'
  | 'kafka-exporter'
  | 'rabbitmq'
  | 'keycloak';

export interface MetricDefinition {
  /** A histogram is known by its base name; `_bucket`, `_sum` and `_count` follow from it. */
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Labels besides those that every scraped series has. */
  readonly labels: readonly string[];
}

/** Labels that Prometheus, or the scrape configuration that we render, gives to every series. */
export const scrapeLabels = ['job', 'instance'] as const;

const counter = (...labels: string[]): MetricDefinition => ({ type: 'counter', labels });
const gauge = (...labels: string[]): MetricDefinition => ({ type: 'gauge', labels });
const histogram = (...labels: string[]): MetricDefinition => ({ type: 'histogram', labels });

/**
 * The metrics that rendered rules and dashboards may use. Names of exporters are those of node_exporter 1.x, cAdvisor
 * 0.5x, blackbox_exporter 0.2x, postgres_exporter 0.1x, redis_exporter 1.x, kafka_exporter 1.x, the Prometheus plugin
 * of RabbitMQ 4 and Keycloak 26 with metrics of user events.
 */
export const metricNames: Readonly<Record<MetricSource, Readonly<Record<string, MetricDefinition>>>> = {
  scrape: { up: gauge(), scrape_duration_seconds: gauge() },
  plinth: {
    http_requests_total: counter('service', 'method', 'route', 'status_code'),
    http_request_duration_seconds: histogram('service', 'method', 'route', 'status_code'),
    tenant_request_seconds_total: counter('service', 'tenant'),
    db_query_duration_seconds: histogram('service'),
    pg_pool_max_connections: gauge(),
    pg_pool_available_connections: gauge(),
    pg_pool_waiting_requests: gauge(),
    outbox_pending_events: gauge('service'),
    outbox_oldest_event_age_seconds: gauge('service'),
    events_published_total: counter('service', 'type'),
    audit_records_total: counter('service', 'action'),
    job_runs_total: counter('name', 'outcome'),
    plinth_build_info: gauge('version'),
    process_cpu_seconds_total: counter(),
    process_resident_memory_bytes: gauge(),
    process_start_time_seconds: gauge(),
    process_open_fds: gauge(),
    nodejs_eventloop_lag_p99_seconds: gauge(),
    nodejs_heap_size_used_bytes: gauge(),
    nodejs_version_info: gauge('version', 'major', 'minor', 'patch'),
  },
  prometheus: {
    prometheus_rule_evaluation_failures_total: counter('rule_group'),
    prometheus_notifications_dropped_total: counter(),
    prometheus_config_last_reload_successful: gauge(),
  },
  alertmanager: {
    alertmanager_notifications_failed_total: counter('integration', 'reason', 'receiver_name'),
    alertmanager_config_last_reload_successful: gauge(),
  },
  'node-exporter': {
    node_cpu_seconds_total: counter('cpu', 'mode'),
    node_memory_MemAvailable_bytes: gauge(),
    node_memory_MemTotal_bytes: gauge(),
    node_filesystem_avail_bytes: gauge('device', 'fstype', 'mountpoint'),
    node_filesystem_size_bytes: gauge('device', 'fstype', 'mountpoint'),
    node_network_receive_bytes_total: counter('device'),
    node_network_transmit_bytes_total: counter('device'),
    node_disk_read_bytes_total: counter('device'),
    node_disk_written_bytes_total: counter('device'),
  },
  // Without Docker's socket it knows containers by their control groups only: `container` comes from relabelling `id`.
  cadvisor: {
    container_cpu_usage_seconds_total: counter('container', 'cpu'),
    container_memory_working_set_bytes: gauge('container'),
    container_spec_memory_limit_bytes: gauge('container'),
    container_spec_cpu_quota: gauge('container'),
    container_spec_cpu_period: gauge('container'),
    container_network_receive_bytes_total: counter('container', 'interface'),
    container_network_transmit_bytes_total: counter('container', 'interface'),
  },
  'blackbox-exporter': {
    probe_success: gauge('route', 'service'),
    probe_duration_seconds: gauge('route', 'service'),
    probe_http_status_code: gauge('route', 'service'),
    probe_ssl_earliest_cert_expiry: gauge('route', 'service'),
  },
  pushgateway: {
    plinth_backup_last_success_timestamp_seconds: gauge('backup'),
    plinth_backup_size_bytes: gauge('backup'),
    plinth_backup_duration_seconds: gauge('backup'),
  },
  'postgres-exporter': {
    pg_up: gauge(),
    pg_stat_activity_count: gauge('datname', 'state', 'server'),
    pg_settings_max_connections: gauge('server'),
    pg_stat_activity_max_tx_duration: gauge('datname', 'state', 'server'),
    pg_stat_database_xact_commit: counter('datname', 'datid'),
    pg_stat_database_xact_rollback: counter('datname', 'datid'),
    pg_stat_database_blks_hit: counter('datname', 'datid'),
    pg_stat_database_blks_read: counter('datname', 'datid'),
    pg_stat_database_deadlocks: counter('datname', 'datid'),
    pg_database_size_bytes: gauge('datname'),
  },
  'redis-exporter': {
    redis_up: gauge(),
    redis_memory_used_bytes: gauge(),
    redis_memory_max_bytes: gauge(),
    redis_connected_clients: gauge(),
    redis_commands_processed_total: counter(),
  },
  'kafka-exporter': {
    kafka_brokers: gauge(),
    kafka_consumergroup_lag: gauge('consumergroup', 'topic', 'partition'),
    kafka_topic_partition_under_replicated_partition: gauge('topic', 'partition'),
    kafka_topic_partition_current_offset: counter('topic', 'partition'),
  },
  rabbitmq: {
    rabbitmq_queue_messages_ready: gauge(),
    rabbitmq_queue_messages_unacked: gauge(),
    rabbitmq_connections: gauge(),
    rabbitmq_process_resident_memory_bytes: gauge(),
    rabbitmq_alarms_memory_used_watermark: gauge(),
  },
  keycloak: {
    keycloak_user_events_total: counter('event', 'error', 'realm', 'client_id', 'idp'),
  },
};
