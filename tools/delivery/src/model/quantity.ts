const binary: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, Ti: 1024 * 1024 };

/** Thousandths of a core from Kubernetes notation (`250m`, `2`, `0.5`); undefined when it is none. */
export function parseCpu(text: string): number | undefined {
  const match = /^(\d+(?:\.\d{1,3})?)(m?)$/.exec(text);
  if (match === null) return undefined;
  const amount = Number(match[1]);
  if (match[2] === 'm') return Number.isInteger(amount) ? amount : undefined;
  return Math.round(amount * 1000);
}

/** MiB from Kubernetes notation (`512Mi`, `2Gi`); undefined when it is none. */
export function parseMemory(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti)$/.exec(text);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * (binary[match[2]!] ?? 1));
}

/** `250m` or `2`. */
export function formatCpu(thousandths: number): string {
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

/** `512Mi` or `2Gi`. */
export function formatMemory(mebibytes: number): string {
  return mebibytes % 1024 === 0 && mebibytes > 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}
