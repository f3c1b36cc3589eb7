import type { Name } from '../../names.ts';
import type { TemplateFile } from '../source.ts';

/** What an application is made from. */
export interface ApplicationRequest {
  readonly name: Name;
}

/** A kind of application: its files, and how the description calls it. */
export interface ApplicationTemplate {
  /** The function of `@plinth/delivery` that describes it. */
  readonly description: 'nest' | 'svelteKit' | 'next' | 'astro' | 'vite' | 'expo';
  /** Runs on Node.js and is built with the services, by project references. */
  readonly isProject: boolean;
  readonly render: (request: ApplicationRequest) => TemplateFile[];
}
