/** Where pipelines find things, below the root of the repository. */

/** What `plinth render --all` writes. */
export const renderedFolder = 'deploy';
/** The scripts that every pipeline runs, whatever server runs it. */
export const scriptFolder = '.ci/pipeline';
/** The branch that releases come from. */
export const mainBranch = 'main';
