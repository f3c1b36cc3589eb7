/** A fault of the catalogue itself: where it is and what is wrong. */
export interface CatalogueFinding {
  /** `<entry>` or `<entry>/<container>`. */
  readonly where: string;
  readonly rule: string;
  readonly message: string;
}

/** A finding where something does not hold. */
export function unless(holds: boolean, where: string, rule: string, message: string): CatalogueFinding[] {
  return holds ? [] : [{ where, rule, message }];
}
