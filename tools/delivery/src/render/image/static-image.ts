import { buildStages, collectStage } from './application-stages.ts';
import { heading, joinStages, runtimeInstructions, settleTimes, stage } from './dockerfile.ts';
import type { ImagePlan } from './image-plan.ts';
import { imageUser, nginxImage } from './image-pins.ts';
import { renderStaticSiteConf } from './nginx-conf.ts';

/** A static site, or the update bundle of an Expo app, behind nginx. */
export function renderStaticImage(plan: ImagePlan, type: 'astro' | 'vite' | 'expo', nodeImage: string): string {
  const conf = renderStaticSiteConf(type, plan.port ?? 80)
    .trimEnd()
    .split('\n');
  return joinStages([
    heading(plan, { NODE_IMAGE: nodeImage, NGINX_IMAGE: nginxImage }),
    ...buildStages(plan),
    collectStage([{ from: `${plan.folder}/dist`, to: '/image/usr/share/nginx/html' }]),
    // Written here because the context of the build is the repository, in which nothing rendered needs to be.
    stage('base', 'configuration', [
      'ARG SOURCE_DATE_EPOCH=0',
      '# hadolint ignore=SC2016',
      `RUN mkdir -p /image/etc/nginx && printf '%s\\n' \\\n${conf.map((line) => `      '${line}'`).join(' \\\n')} \\\n` +
        `      > /image/etc/nginx/nginx.conf && ${settleTimes}`,
    ]),
    stage('${NGINX_IMAGE}', 'runtime', [
      'COPY --from=configuration /image /',
      'COPY --from=output /image /',
      `USER ${imageUser}`,
      // Finishes requests before it ends.
      'STOPSIGNAL SIGQUIT',
      'ENTRYPOINT ["nginx"]',
      ...runtimeInstructions(plan, undefined),
    ]),
  ]);
}
