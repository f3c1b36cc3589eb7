import type { ResolvedPlatform, TlsSettings } from '../../model/platform-model.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { platformLabels } from './labels.ts';

const issuer = 'platform';

/** Name of the Secret with a host's certificate. */
export function certificateName(host: string): string {
  return `${host.replaceAll('.', '-')}-tls`;
}

/** Whether certificates are made by cert-manager. */
export function hasCertificates(platform: ResolvedPlatform): platform is ResolvedPlatform & { tls: TlsSettings } {
  return platform.scheme === 'https' && platform.tls !== undefined && platform.routes.length > 0;
}

/**
 * Resources of cert-manager: an Issuer of the platform's own namespace, which needs no rights in others, and one
 * certificate for each host. Certificates are written out because several Ingress objects share a host.
 */
export function buildCertificates(platform: ResolvedPlatform): KubernetesObject[] {
  if (!hasCertificates(platform)) return [];
  const hosts = [...new Set(platform.routes.map(({ host }) => host))].toSorted();
  return [
    ...(platform.cluster.airGapped ? buildOwnAuthority(platform) : [buildAcmeIssuer(platform, platform.tls)]),
    ...hosts.map((host) =>
      certificate(platform, certificateName(host), {
        secretName: certificateName(host),
        dnsNames: [host],
        issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: issuer },
      }),
    ),
  ];
}

function buildAcmeIssuer(platform: ResolvedPlatform, tls: TlsSettings): KubernetesObject {
  return issuerOf(platform, issuer, {
    acme: {
      server: 'https://acme-v02.api.letsencrypt.org/directory',
      email: tls.email,
      privateKeySecretRef: { name: 'acme-account' },
      solvers: [buildSolver(platform, tls)],
    },
  });
}

/** Nobody outside can vouch for hosts of an air-gapped cluster: an authority of its own, whose root staff hand out. */
function buildOwnAuthority(platform: ResolvedPlatform): KubernetesObject[] {
  return [
    issuerOf(platform, 'own-root', { selfSigned: {} }),
    certificate(platform, 'own-authority', {
      isCA: true,
      commonName: platform.title.slice(0, 64),
      secretName: 'own-authority',
      issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'own-root' },
    }),
    issuerOf(platform, issuer, { ca: { secretName: 'own-authority' } }),
  ];
}

function issuerOf(platform: ResolvedPlatform, name: string, spec: Record<string, unknown>): KubernetesObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Issuer',
    metadata: { name, labels: platformLabels(platform) },
    spec,
  };
}

function certificate(platform: ResolvedPlatform, name: string, spec: Record<string, unknown>): KubernetesObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name, labels: platformLabels(platform) },
    spec: { ...spec, privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' } },
  };
}

/** Providers of names that cert-manager knows, by the field that names the token; others get an answer over HTTP. */
const tokenFields: Readonly<Record<string, string>> = {
  cloudflare: 'apiTokenSecretRef',
  digitalocean: 'tokenSecretRef',
};

function buildSolver(platform: ResolvedPlatform, tls: TlsSettings): Record<string, unknown> {
  const field = tls.challenge === 'dns-01' ? tokenFields[tls.dnsProvider ?? ''] : undefined;
  if (field === undefined || tls.dnsProvider === undefined)
    return { http01: { ingress: { ingressClassName: platform.cluster.ingressClass } } };
  return { dns01: { [tls.dnsProvider]: { [field]: { name: 'dns-token', key: 'value' } } } };
}
