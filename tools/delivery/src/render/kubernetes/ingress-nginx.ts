import type { ResolvedPlatform } from '../../model/platform-model.ts';
import type { GatewayRoute } from '../gateway/gateway-model.ts';
import { headersForService } from '../gateway/edge-policy.ts';

const prefix = 'nginx.ingress.kubernetes.io';

/** Annotations of ingress-nginx: the question at `/edge/verify`, body limit and time-outs. */
export function nginxAnnotations(platform: ResolvedPlatform, route: GatewayRoute): Record<string, string> {
  const seconds = String(route.timeoutSeconds);
  const verifier = `http://gateway.${platform.cluster.namespace}.svc.cluster.local:3000/edge/verify`;
  return {
    ...(route.verify === undefined
      ? {}
      : {
          [`${prefix}/auth-url`]: `${verifier}?${route.verify}&refuse=403`,
          [`${prefix}/auth-response-headers`]: headersForService.join(', '),
        }),
    [`${prefix}/proxy-body-size`]: String(route.bodyLimit),
    [`${prefix}/proxy-connect-timeout`]: seconds,
    [`${prefix}/proxy-read-timeout`]: seconds,
    [`${prefix}/proxy-send-timeout`]: seconds,
  };
}
