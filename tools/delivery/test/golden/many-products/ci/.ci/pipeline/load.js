// Rendered by plinth from the platform description. Do not edit: change the description.
import { check } from 'k6';
import http from 'k6/http';

const address = __ENV.BASE_URL;

export const options = {
  scenarios: {
    steady: {
      executor: 'ramping-arrival-rate',
      startRate: 5,
      timeUnit: '1s',
      preAllocatedVUs: 20,
      maxVUs: 100,
      stages: [
        { target: 50, duration: '1m' },
        { target: 50, duration: '3m' },
        { target: 0, duration: '30s' },
      ],
    },
  },
  thresholds: {
    checks: ['rate>0.99'],
    http_req_failed: ['rate<0.01'],
    http_req_duration: ['p(95)<300', 'p(99)<1000'],
  },
};

export default function () {
  const page = http.get(address + '/');
  check(page, { 'opens': ({ status }) => status === 200 });
}
