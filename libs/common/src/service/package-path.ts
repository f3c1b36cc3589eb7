/**
 * URL of a file of a package, from any of its modules: the same whether the module runs from `src` or is compiled
 * to `dist/src`.
 */
export function packagePath(moduleUrl: string, path: string): URL {
  const root = moduleUrl.replace(/\/(?:dist\/)?(?:src|test)\/[^?]*$/, '/');
  return new URL(path, root);
}
