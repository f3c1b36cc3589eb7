import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { ErrorKeepingProcessor } from './error-keeping-processor.ts';

/** A running span of a request. */
export interface RequestSpan {
  /** W3C trace context to hand on. */
  readonly traceparent: string;
  /** The id of the trace when it is kept, because it is sampled or ended with an error: others are found nowhere. */
  end(name: string, status: number): string | undefined;
}

/** Sends the spans of requests to an OpenTelemetry collector. */
export interface Tracing {
  startRequest(method: string, traceparent: string | undefined): RequestSpan;
  /** Sends what is left and ends. */
  stop(): Promise<void>;
}

export interface TracingOptions {
  /** OTLP over HTTP, for example `http://localhost:4318`; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly serviceName: string;
  readonly version: string;
  /** Of the traces that begin here, how many of a hundred are kept. A caller's trace is kept when the caller keeps it; errors always are. */
  readonly samplePercent: number;
}

const pattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Starts tracing. The OpenTelemetry SDK is loaded here and not before, so that platforms without a collector do not pay for it. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const root = new sdk.TraceIdRatioBasedSampler(options.samplePercent / 100);
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new sdk.TracerProvider({
    // All are recorded, because whether one ends with an error is known at its end only.
    sampler: sdk.createAlwaysRecordSampler(new sdk.ParentBasedSampler({ root })),
    resource: resourceFromAttributes({ 'service.name': options.serviceName, 'service.version': options.version }),
    spanProcessors: [new ErrorKeepingProcessor(new sdk.BatchSpanProcessor({ exporter }))],
  });
  const tracer = provider.getTracer('plinth');
  return {
    startRequest(method, traceparent) {
      const span = tracer.startSpan(
        method,
        { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } },
        parentOf(traceparent),
      );
      const { traceId, spanId, traceFlags } = span.spanContext();
      return {
        traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
        end(name, status) {
          span.updateName(name);
          span.setAttribute('http.response.status_code', status);
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
          return status >= 500 || (traceFlags & TraceFlags.SAMPLED) !== 0 ? traceId : undefined;
        },
      };
    },
    stop: () => provider.shutdown(),
  };
}

function parentOf(traceparent: string | undefined): Context {
  const match = pattern.exec(traceparent ?? '');
  const [, traceId, spanId, flags] = match ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}
