/** How certain it is who signed in (acr): by one kind of proof, or by two. */
export const assuranceLevels = ['urn:plinth:acr:single-factor', 'urn:plinth:acr:multi-factor'] as const;

export function levelOf(strong: boolean): (typeof assuranceLevels)[number] {
  return assuranceLevels[strong ? 1 : 0];
}
