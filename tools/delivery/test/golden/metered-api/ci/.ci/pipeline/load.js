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
  const ready = http.get(address + '/health/ready');
  check(ready, { 'is ready': ({ status }) => status === 200 });
  const refused = http.get(address + '/api/v1/users', { responseCallback: http.expectedStatuses(401, 429) });
  check(refused, { 'refuses strangers': ({ status }) => status === 401 || status === 429 });
}
