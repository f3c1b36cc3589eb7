import { renderedBy } from '../yaml.ts';
import type { WatchedPlatform } from './watched-platform.ts';

/** Alloy's configuration: container logs, without what is personal or secret, to Loki; OTLP traces to Tempo. */
export function renderAlloyConfig(watched: WatchedPlatform): string {
  const loki = watched.hosts.get('loki');
  const traces = watched.hosts.get('tempo') ?? watched.hosts.get('jaeger');
  return [
    `// ${renderedBy}`,
    'logging {\n  level  = "warn"\n  format = "json"\n}',
    ...(loki === undefined ? [] : renderLogs(watched, loki.name)),
    ...(traces === undefined ? [] : [renderTraces(traces.name)]),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function renderLogs({ platform, onCluster }: WatchedPlatform, loki: string): string[] {
  return [
    ...(onCluster ? renderPodSource(platform) : renderDockerSource(platform)),
    `loki.process "containers" {
  forward_to = [loki.write.loki.receiver]

${onCluster ? '' : `${unwrapDocker}\n\n`}${lineStages}

${redactions.map(renderRedaction).join('\n\n')}
}`,
    `loki.write "loki" {
  endpoint {
    url = "http://${loki}:3100/loki/api/v1/push"
  }
}`,
  ];
}

/**
 * The files that Docker writes. The identifier of a container is in its file's path; its Compose service is in the
 * file when the logging driver is told to add that label.
 */
function renderDockerSource(platform: WatchedPlatform['platform']): string[] {
  return [
    `local.file_match "containers" {
  path_targets = [{
    "__path__"    = "/var/lib/docker/containers/*/*-json.log",
    "platform"    = "${platform.name}",
    "environment" = "${platform.environment}",
  }]
}`,
    `loki.source.file "containers" {
  targets    = local.file_match.containers.targets
  forward_to = [loki.process.containers.receiver]
}`,
  ];
}

/** Pods of the own namespace, as the API server tells them and hands out their logs: no folder of a node is needed. */
function renderPodSource(platform: WatchedPlatform['platform']): string[] {
  const label = (target: string, source: string) => `  rule {
    source_labels = ["__meta_kubernetes_${source}"]
    target_label  = "${target}"
  }`;
  const constant = (target: string, value: string) => `  rule {
    target_label = "${target}"
    replacement  = "${value}"
  }`;
  return [
    `discovery.kubernetes "pods" {
  role = "pod"

  namespaces {
    own_namespace = true
  }
}`,
    `discovery.relabel "pods" {
  targets = discovery.kubernetes.pods.targets

${[
  label('namespace', 'namespace'),
  label('pod', 'pod_name'),
  label('container', 'pod_container_name'),
  label('workload', 'pod_label_app_kubernetes_io_name'),
  // Until the line itself says whose it is.
  label('service', 'pod_label_app_kubernetes_io_name'),
  constant('platform', platform.name),
  constant('environment', platform.environment),
].join('\n\n')}
}`,
    `loki.source.kubernetes "pods" {
  targets    = discovery.relabel.pods.output
  forward_to = [loki.process.containers.receiver]
}`,
  ];
}

const unwrapDocker = `  stage.json {
    expressions = {
      output    = "log",
      stream    = "stream",
      timestamp = "time",
      workload  = "attrs.\\"com.docker.compose.service\\"",
    }
  }

  stage.timestamp {
    source = "timestamp"
    format = "RFC3339Nano"
  }

  stage.output {
    source = "output"
  }`;

const lineStages = `  // Services write JSON: what is few becomes a label, what is many becomes metadata.
  stage.json {
    expressions = {
      level      = "level",
      service    = "service",
      request_id = "requestId",
      trace_id   = "traceparent",
      tenant     = "tenant",
    }
  }

  // A traceparent is version, trace, span and flags.
  stage.regex {
    source     = "trace_id"
    expression = "^[0-9a-f]{2}-(?P<trace_id>[0-9a-f]{32})-"
  }

  stage.labels {
    values = { level = "", service = "", stream = "", workload = "" }
  }

  stage.structured_metadata {
    values = { request_id = "", tenant = "", trace_id = "" }
  }

  stage.label_drop {
    values = ["filename"]
  }`;

/** What must never be stored, whoever logged it. The group is what is replaced (RE2). */
const redactions = [
  { what: 'email addresses', expression: String.raw`([A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,})` },
  {
    what: 'bearer tokens and JWTs',
    expression: String.raw`(?:[Bb]earer +|)(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)`,
  },
  {
    what: 'credentials by their names',
    expression: String.raw`(?i)(?:password|passwd|secret|api_?key|authorization|cookie|token)["']?\s*[:=]\s*["']?([^"'\s,;&}]+)`,
  },
  { what: 'passwords in addresses', expression: String.raw`://[^:/@\s]+:([^@/\s]+)@` },
];

function renderRedaction({ what, expression }: (typeof redactions)[number]): string {
  return `  // ${what}
  stage.replace {
    expression = ${JSON.stringify(expression)}
    replace    = "[redacted]"
  }`;
}

function renderTraces(traces: string): string {
  return `otelcol.receiver.otlp "otlp" {
  grpc {
    endpoint = "0.0.0.0:4317"
  }

  http {
    endpoint = "0.0.0.0:4318"
  }

  output {
    traces = [otelcol.processor.attributes.redact.input]
  }
}

otelcol.processor.attributes "redact" {
${['http.request.header.authorization', 'http.request.header.cookie', 'user.email', 'enduser.id']
  .map((key) => `  action {\n    key    = "${key}"\n    action = "delete"\n  }`)
  .join('\n\n')}

  output {
    traces = [otelcol.processor.batch.batch.input]
  }
}

otelcol.processor.batch "batch" {
  output {
    traces = [otelcol.exporter.otlp.traces.input]
  }
}

otelcol.exporter.otlp "traces" {
  client {
    endpoint = "${traces}:4317"

    tls {
      insecure = true
    }
  }
}`;
}
