import type { CatalogueEntry, SettingDefinition } from './catalogue-entry.ts';
import { caddy } from './01-gateway/caddy.ts';
import { haproxy } from './01-gateway/haproxy.ts';
import { kong } from './01-gateway/kong.ts';
import { nginx } from './01-gateway/nginx.ts';
import { traefik } from './01-gateway/traefik.ts';
import { keycloak } from './02-auth/keycloak.ts';
import { oauth2Proxy } from './02-auth/oauth2-proxy.ts';
import { opa } from './03-security/opa.ts';
import { openbao } from './03-security/openbao.ts';
import { trivy } from './03-security/trivy.ts';
import { couchdb } from './04-data/couchdb.ts';
import { influxdb } from './04-data/influxdb.ts';
import { mongodb } from './04-data/mongodb.ts';
import { objectStore } from './04-data/object-store.ts';
import { opensearch } from './04-data/opensearch.ts';
import { pgadmin } from './04-data/pgadmin.ts';
import { pgbouncer } from './04-data/pgbouncer.ts';
import { postgresHa } from './04-data/postgres-ha.ts';
import { postgres } from './04-data/postgres.ts';
import { qdrant } from './04-data/qdrant.ts';
import { redis } from './04-data/redis.ts';
import { redisinsight } from './04-data/redisinsight.ts';
import { valkeyCluster } from './04-data/valkey-cluster.ts';
import { valkey } from './04-data/valkey.ts';
import { kafkaConnect } from './05-messaging/kafka-connect.ts';
import { kafkaRest } from './05-messaging/kafka-rest.ts';
import { kafkaUi } from './05-messaging/kafka-ui.ts';
import { kafka } from './05-messaging/kafka.ts';
import { ksqldb } from './05-messaging/ksqldb.ts';
import { nats } from './05-messaging/nats.ts';
import { rabbitmq } from './05-messaging/rabbitmq.ts';
import { schemaRegistry } from './05-messaging/schema-registry.ts';
import { alertmanager } from './06-observability/alertmanager.ts';
import { alloy } from './06-observability/alloy.ts';
import { blackboxExporter } from './06-observability/blackbox-exporter.ts';
import { cadvisor } from './06-observability/cadvisor.ts';
import { glitchtip } from './06-observability/glitchtip.ts';
import { grafana } from './06-observability/grafana.ts';
import { jaeger } from './06-observability/jaeger.ts';
import { kafkaExporter } from './06-observability/kafka-exporter.ts';
import { loki } from './06-observability/loki.ts';
import { nodeExporter } from './06-observability/node-exporter.ts';
import { otelCollector } from './06-observability/otel-collector.ts';
import { postgresExporter } from './06-observability/postgres-exporter.ts';
import { prometheus } from './06-observability/prometheus.ts';
import { pushgateway } from './06-observability/pushgateway.ts';
import { redisExporter } from './06-observability/redis-exporter.ts';
import { tempo } from './06-observability/tempo.ts';
import { airbyte } from './07-workflow/airbyte.ts';
import { airflow } from './07-workflow/airflow.ts';
import { n8n } from './07-workflow/n8n.ts';
import { ollama } from './08-ai/ollama.ts';
import { openWebui } from './08-ai/open-webui.ts';
import { chartmuseum } from './09-tooling/chartmuseum.ts';
import { gitea } from './09-tooling/gitea.ts';
import { harbor } from './09-tooling/harbor.ts';
import { mkdocs } from './09-tooling/mkdocs.ts';
import { opentofu } from './09-tooling/opentofu.ts';
import { registry } from './09-tooling/registry.ts';
import { sonarqube } from './09-tooling/sonarqube.ts';
import { terrakube } from './09-tooling/terrakube.ts';
import { woodpecker } from './09-tooling/woodpecker.ts';
import { mailhog } from './10-communication/mailhog.ts';
import { mailpit } from './10-communication/mailpit.ts';
import { stalwart } from './10-communication/stalwart.ts';
import { hasura } from './11-data-apis/hasura.ts';
import { postgraphile } from './11-data-apis/postgraphile.ts';
import { postgrest } from './11-data-apis/postgrest.ts';
import { presidioAnalyzer } from './12-privacy/presidio-analyzer.ts';
import { presidioAnonymizer } from './12-privacy/presidio-anonymizer.ts';
import { presidioImageRedactor } from './12-privacy/presidio-image-redactor.ts';
import { listmonk } from './13-growth/listmonk.ts';
import { metabase } from './13-growth/metabase.ts';
import { rudderstack } from './13-growth/rudderstack.ts';
import { superset } from './13-growth/superset.ts';
import { unleash } from './13-growth/unleash.ts';
import { killBill } from './14-billing/kill-bill.ts';

/** Every component that a platform may name. */
export const catalogue = {
  caddy,
  haproxy,
  kong,
  nginx,
  traefik,
  keycloak,
  'oauth2-proxy': oauth2Proxy,
  opa,
  openbao,
  trivy,
  couchdb,
  influxdb,
  mongodb,
  'object-store': objectStore,
  opensearch,
  pgadmin,
  pgbouncer,
  'postgres-ha': postgresHa,
  postgres,
  qdrant,
  redis,
  redisinsight,
  'valkey-cluster': valkeyCluster,
  valkey,
  'kafka-connect': kafkaConnect,
  'kafka-rest': kafkaRest,
  'kafka-ui': kafkaUi,
  kafka,
  ksqldb,
  nats,
  rabbitmq,
  'schema-registry': schemaRegistry,
  alertmanager,
  alloy,
  'blackbox-exporter': blackboxExporter,
  cadvisor,
  glitchtip,
  grafana,
  jaeger,
  'kafka-exporter': kafkaExporter,
  loki,
  'node-exporter': nodeExporter,
  'otel-collector': otelCollector,
  'postgres-exporter': postgresExporter,
  prometheus,
  pushgateway,
  'redis-exporter': redisExporter,
  tempo,
  airbyte,
  airflow,
  n8n,
  ollama,
  'open-webui': openWebui,
  chartmuseum,
  gitea,
  harbor,
  mkdocs,
  opentofu,
  registry,
  sonarqube,
  terrakube,
  woodpecker,
  mailhog,
  mailpit,
  stalwart,
  hasura,
  postgraphile,
  postgrest,
  'presidio-analyzer': presidioAnalyzer,
  'presidio-anonymizer': presidioAnonymizer,
  'presidio-image-redactor': presidioImageRedactor,
  listmonk,
  metabase,
  rudderstack,
  superset,
  unleash,
  'kill-bill': killBill,
} as const satisfies Readonly<Record<string, CatalogueEntry>>;

export type ComponentName = keyof typeof catalogue;

type ValueOf<Setting extends SettingDefinition> = Setting['type'] extends 'integer'
  ? number
  : Setting['type'] extends 'boolean'
    ? boolean
    : Setting extends { readonly values: readonly (infer Value)[] }
      ? Value
      : string;

/** Settings of a component, typed by its entry. */
export type ComponentSettings<Name extends ComponentName> = {
  readonly [
    Setting in keyof (typeof catalogue)[Name]['settings']
  ]?: (typeof catalogue)[Name]['settings'][Setting] extends SettingDefinition
    ? ValueOf<(typeof catalogue)[Name]['settings'][Setting]>
    : never;
};
