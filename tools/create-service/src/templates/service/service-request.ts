import type { Name, Noun } from '../../names.ts';

/** What a service is made from. */
export interface ServiceRequest {
  readonly service: Name;
  readonly feature: Noun;
  readonly port: number;
}
