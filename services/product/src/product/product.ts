/** What a tenant sells. */
export interface Product {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly archived: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
