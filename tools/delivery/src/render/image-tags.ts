const pair = /^(\s*- name: )(\S+)\n(\s*)(newTag|digest): (\S+)$/gm;
/** The commit that was deployed, which the pipelines write below the first comment and compare with. */
const revision = /^# revision: [0-9a-f]+\n/m;

/**
 * A rendered list of image tags with the tags, and the revision, of the file that is there: pipelines write them, and the description
 * does not know which image was built last. Images that are new get the rendered tag, others are gone.
 */
export function keepImageTags(rendered: string, present: string): string {
  const tags = new Map(
    [...present.matchAll(pair)].map(([, , name = '', , kind = '', tag = '']) => [name, `${kind}: ${tag}`]),
  );
  const [line = ''] = revision.exec(present) ?? [];
  const heading = /^(?:#.*\n)*/.exec(rendered)?.[0] ?? '';
  const marked = `${heading}${line}${rendered.slice(heading.length)}`;
  return marked.replaceAll(pair, (whole, dash: string, name: string, indent: string) => {
    const kept = tags.get(name);
    return kept === undefined ? whole : `${dash}${name}\n${indent}${kept}`;
  });
}
