/** Something that a plan can grant. */
export interface Feature {
  readonly id: string;
  readonly productId: string;
  readonly key: string;
  readonly name: string;
  readonly type: 'boolean' | 'limit' | 'metered';
  /** Key of the meter that counts it; only of metered features. */
  readonly meter: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
