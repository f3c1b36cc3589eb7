import { expect, it } from 'vitest';
import { faultOfTag } from './image-tag.ts';

it.each([
  ['shop/api:1.2.3', 'none'],
  ['shop/api:v1.2.3-alpine', 'none'],
  ['shop/api:4.1-p2', 'none'],
  ['shop/api:1.2.3.4', 'none'],
  ['shop/api:2026-09-14', 'none'],
  ['shop/api:20260914', 'none'],
  ['shop/api:RELEASE.2026-09-14T08-00-00Z', 'none'],
  ['shop/api:9f1c2e7', 'none'],
  ['shop/api:sha-9f1c2e7', 'none'],
  ['registry.example.com:5000/shop/api:1.2.3', 'none'],
  [`shop/api:1.2@sha256:${'a'.repeat(64)}`, 'none'],
  [`shop/api@sha256:${'a'.repeat(64)}`, 'none'],
  ['shop/api', 'no-tag'],
  ['registry.example.com:5000/shop', 'no-tag'],
  ['shop/api:latest', 'no-version'],
  ['shop/api:alpine', 'no-version'],
  ['shop/api:18', 'line'],
  ['shop/api:v1.4', 'line'],
  ['shop/api:18-alpine', 'line'],
  ['shop/api:3.2-alpine3.22', 'line'],
  ['shop api:1.2.3', 'unreadable'],
])('says of %s: %s', (image, fault) => {
  expect(faultOfTag(image)).toBe(fault);
});
