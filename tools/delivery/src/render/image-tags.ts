const pair = /^(\s*- name: )(\S+)\n(\s*)(newTag|digest): (\S+)$/gm;

/**
 * A rendered list of image tags with the tags of the file that is there: pipelines write them, and the description
 * does not know which image was built last. Images that are new get the rendered tag, others are gone.
 */
export function keepImageTags(rendered: string, present: string): string {
  const tags = new Map(
    [...present.matchAll(pair)].map(([, , name = '', , kind = '', tag = '']) => [name, `${kind}: ${tag}`]),
  );
  return rendered.replaceAll(pair, (whole, dash: string, name: string, indent: string) => {
    const kept = tags.get(name);
    return kept === undefined ? whole : `${dash}${name}\n${indent}${kept}`;
  });
}
