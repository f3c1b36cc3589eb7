/**
 * A function of a model whose result is remembered for as long as the model: several renderers ask for the same, and
 * models are never changed.
 */
export function oncePerModel<Model extends object, Result>(build: (model: Model) => Result): (model: Model) => Result {
  const results = new WeakMap<Model, { readonly result: Result }>();
  return (model) => {
    const known = results.get(model);
    if (known !== undefined) return known.result;
    const result = build(model);
    results.set(model, { result });
    return result;
  };
}
