/** A foreign action at one commit: tags and branches move, a commit does not. */
export interface ActionPin {
  readonly commit: string;
  readonly version: string;
}

/**
 * The only foreign actions that rendered pipelines use. Each commit was found beside its version in several public
 * repositories; whoever changes one finds it there again.
 */
export const actionPins = {
  'actions/checkout': { commit: 'de0fac2e4500dabe0009e67214ff5f5447ce83dd', version: 'v6.0.2' },
  'actions/setup-node': { commit: '48b55a011bda9f5d6aeb4c2d9c7362e8dae4041e', version: 'v6.4.0' },
  'actions/cache': { commit: '668228422ae6a00e4ad889ee87cd7109ec5666a7', version: 'v5.0.4' },
  'actions/upload-artifact': { commit: '043fb46d1a93c77aae656e7c1c64a875d1fc6a0a', version: 'v7.0.1' },
  'actions/dependency-review-action': { commit: '2031cfc080254a8a887f58cffee85186f0e49e48', version: 'v4.9.0' },
  'aquasecurity/trivy-action': { commit: 'ed142fd0673e97e23eac54620cfb913e5ce36c25', version: 'v0.36.0' },
  'docker/build-push-action': { commit: '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a', version: 'v7.3.0' },
  'docker/login-action': { commit: '4907a6ddec9925e35a0a9e82d7399ccc52663121', version: 'v4.1.0' },
  'docker/setup-buildx-action': { commit: '4d04d5d9486b7bd6fa91e7baf45bbb4f8b9deedd', version: 'v4.0.0' },
  'github/codeql-action/upload-sarif': { commit: '5d4e8d1aca955e8d8589aabd499c5cae939e33c7', version: 'v4.31.9' },
  'sigstore/cosign-installer': { commit: 'faadad0cce49287aee09b3a48701e75088a2c6ad', version: 'v4.0.0' },
} as const satisfies Readonly<Record<string, ActionPin>>;

export type ActionName = keyof typeof actionPins;

/** What stands behind `uses:`. */
export function pinAction(name: ActionName): string {
  return `${name}@${actionPins[name].commit}`;
}

/** Adds the version as a comment to every pinned line of a workflow. */
export function annotatePins(text: string): string {
  return text.replaceAll(/^(\s*(?:- )?uses: ([^@\s]+)@([0-9a-f]{40}))$/gm, (line, _whole, name: string) => {
    const pin = (actionPins as Readonly<Record<string, ActionPin>>)[name];
    return pin === undefined ? line : `${line} # ${pin.version}`;
  });
}
