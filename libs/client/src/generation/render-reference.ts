import type { ServiceManifest } from '@plinth/contracts';
import { findErrorCodes, renderErrorsPage, type SourceText } from './error-codes.ts';
import { renderEventsPage, type DescribedEvent } from './events-page.ts';
import { renderOperationsModule, type OpenApiDocument } from './operations-module.ts';

export interface ReferenceInput {
  readonly document: OpenApiDocument;
  readonly events: readonly DescribedEvent[];
  readonly manifests: readonly ServiceManifest[];
  readonly sources: readonly SourceText[];
}

/** Every generated file by its path: the same bytes for the same input. */
export function renderReference(input: ReferenceInput): Map<string, string> {
  return new Map([
    ['docs/reference/openapi.json', `${JSON.stringify(input.document, undefined, 2)}\n`],
    ['docs/reference/events.md', renderEventsPage(input.events, input.manifests)],
    ['docs/reference/errors.md', renderErrorsPage(findErrorCodes(input.sources))],
    ['libs/client/src/generated/operations.ts', renderOperationsModule(input.document)],
  ]);
}
