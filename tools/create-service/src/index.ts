export { applyChanges } from './apply-changes.ts';
export * from './create.errors.ts';
export { applicationTypes, planApplication, type ApplicationOptions } from './plan-application.ts';
export { planService, type ServiceOptions } from './plan-service.ts';
export { openWorkTree, type FileChange, type WorkTree } from './work-tree.ts';
