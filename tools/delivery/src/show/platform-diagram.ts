import type { ResolvedPlatform, Workload } from '../model/platform-model.ts';
import { groupsOf } from './platform-tree.ts';

const box = { width: 176, height: 40, gap: 16, columns: 5 } as const;
const margin = 32;
const headerHeight = 34;

interface Placed {
  readonly workload: Workload;
  readonly x: number;
  readonly y: number;
}

/** A platform in one environment as an SVG: groups of boxes, with lines for what waits for or calls what. */
export function renderDiagram(platform: ResolvedPlatform): string {
  const placed: Placed[] = [];
  const frames: string[] = [];
  const width = margin * 2 + box.columns * (box.width + box.gap) + box.gap;
  let y = 76;
  for (const { title, workloads } of groupsOf(platform)) {
    const rows = Math.ceil(workloads.length / box.columns);
    const height = headerHeight + rows * (box.height + box.gap) + 4;
    frames.push(
      `<rect class="group" x="${margin}" y="${y}" width="${width - 2 * margin}" height="${height}" rx="10"/>`,
      `<text class="title" x="${margin + box.gap}" y="${y + 23}">${escape(title)}</text>`,
    );
    for (const [index, workload] of workloads.entries())
      placed.push({
        workload,
        x: margin + box.gap + (index % box.columns) * (box.width + box.gap),
        y: y + headerHeight + Math.floor(index / box.columns) * (box.height + box.gap),
      });
    y += height + box.gap;
  }
  const at = new Map(placed.map((item) => [item.workload.name, item]));
  const lines = placed.flatMap((from) =>
    from.workload.dependsOn.flatMap(({ workload }) => {
      const to = at.get(workload);
      return to === undefined ? [] : [line(from, to)];
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 8}" role="img" aria-labelledby="title">`,
    `<title id="title">${escape(platform.title)}, ${escape(platform.environment)}: ${platform.workloads.length} containers</title>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${width}" height="${y + 8}"/>`,
    `<text class="heading" x="${margin}" y="42">${escape(platform.title)}</text>`,
    `<text class="fact" x="${margin}" y="62">${escape(`${platform.environment} · ${platform.scheme}://${platform.domain}`)}</text>`,
    ...frames,
    ...lines,
    ...placed.flatMap((item) => boxOf(item)),
    '</svg>',
    '',
  ].join('\n');
}

const style = `
svg{font-family:system-ui,sans-serif;--page:#fff;--group:#f4f5f7;--box:#fff;--edge:#c3c9d1;--text:#1c2430;--soft:#5b6675;--line:#7c8ca3}
@media(prefers-color-scheme:dark){svg{--page:#12161c;--group:#1a2029;--box:#232b36;--edge:#3b4757;--text:#e8ecf1;--soft:#a4b0be;--line:#6d7f96}}
.page{fill:var(--page)}.group{fill:var(--group)}.box{fill:var(--box);stroke:var(--edge)}
.heading{font-size:20px;font-weight:600;fill:var(--text)}.title{font-size:13px;font-weight:600;fill:var(--soft)}
.name{font-size:13px;font-weight:500;fill:var(--text)}.fact{font-size:11px;fill:var(--soft)}
.line{stroke:var(--line);stroke-width:1;fill:none;opacity:.45}`;

function boxOf({ workload, x, y }: Placed): string[] {
  const image = workload.image.split('/').at(-1) ?? workload.image;
  return [
    `<g><rect class="box" x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6"/>`,
    `<text class="name" x="${x + 10}" y="${y + 17}">${escape(shorten(workload.name, 24))}</text>`,
    `<text class="fact" x="${x + 10}" y="${y + 32}">${escape(shorten(image, 28))}</text></g>`,
  ];
}

function line(from: Placed, to: Placed): string {
  const down = to.y >= from.y;
  const startX = from.x + box.width / 2;
  const startY = from.y + (down ? box.height : 0);
  const endX = to.x + box.width / 2;
  const endY = to.y + (down ? 0 : box.height);
  const middle = (startY + endY) / 2;
  return `<path class="line" d="M${startX} ${startY}C${startX} ${middle} ${endX} ${middle} ${endX} ${endY}"/>`;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
