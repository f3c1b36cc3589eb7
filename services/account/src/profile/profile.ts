/** What the platform knows of a person besides how they sign in. */
export interface Profile {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
  /** BCP 47 tag. */
  readonly locale: string;
  readonly timeZone: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
