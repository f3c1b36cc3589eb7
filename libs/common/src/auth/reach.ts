/** An object as far as permissions look at it. What is left out is unknown, and lies in no organization or division. */
export interface ProtectedObject {
  readonly organizationId?: string | undefined;
  /** The division that it belongs to and all divisions above that one, in any order. */
  readonly divisionPath?: readonly string[] | undefined;
  /** Its own properties, for conditions on `resource.…`. */
  readonly properties?: Readonly<Record<string, unknown>> | undefined;
  /** Properties of the request, for conditions on `action.…`. */
  readonly action?: Readonly<Record<string, unknown>> | undefined;
  /** Properties of the asker beside `id` and `email`, for conditions on `subject.…`. */
  readonly subject?: Readonly<Record<string, unknown>> | undefined;
}

/** The organizations, and the divisions with everything below them, in which something holds. */
export interface Reach {
  readonly organizations: ReadonlySet<string>;
  readonly divisions: ReadonlySet<string>;
}

/** Whether the object lies in reach. */
export function reaches(reach: Reach, { organizationId, divisionPath }: ProtectedObject): boolean {
  if (organizationId !== undefined && reach.organizations.has(organizationId)) return true;
  return divisionPath !== undefined && divisionPath.some((division) => reach.divisions.has(division));
}
