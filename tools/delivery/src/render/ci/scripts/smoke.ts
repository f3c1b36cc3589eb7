const waitFor = (path: string): string =>
  String.raw`
set -euo pipefail
address=$1

# Roll-outs take their time: ten minutes in all.
for attempt in $(seq 1 60); do
  if curl --fail --silent --show-error --max-time 10 "$address${path}" >/dev/null; then
    break
  fi
  if [ "$attempt" -eq 60 ]; then
    echo "$address is not ready" >&2
    exit 1
  fi
  sleep 10
done
`.trimStart();

/** `smoke.sh <address>` of a platform without the gateway: its first page opens. */
export const pageSmokeScript = `${waitFor('/')}echo "$address answers."\n`;

/**
 * `smoke.sh <address>`: an environment is ready, describes itself, and refuses strangers. Waits ten minutes for it at
 * most.
 */
export const gatewaySmokeScript = `${waitFor('/health/ready')}${String.raw`
curl --fail --silent --show-error --max-time 10 "$address/openapi.json" | grep --quiet '"openapi"'
curl --fail --silent --show-error --max-time 10 "$address/services" >/dev/null

# Without a session a protected operation must be refused: an edge that lets everybody in is no success.
status=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 "$address/api/v1/users")
if [ "$status" != 401 ]; then
  echo "GET $address/api/v1/users answers $status instead of 401" >&2
  exit 1
fi
echo "$address answers."
`}`;

const loadOf = (requests: string): string =>
  String.raw`
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
${requests}
}
`.trimStart();

/**
 * `k6 run load.js` with BASE_URL: steady load on what needs no session, with limits that fail the run. All of it comes
 * from one address, so that strangers are soon refused for their number too.
 */
export const gatewayLoadScript = loadOf(`  const ready = http.get(address + '/health/ready');
  check(ready, { 'is ready': ({ status }) => status === 200 });
  const refused = http.get(address + '/api/v1/users', { responseCallback: http.expectedStatuses(401, 429) });
  check(refused, { 'refuses strangers': ({ status }) => status === 401 || status === 429 });`);

/** The same where there is no gateway: load on the first page. */
export const pageLoadScript = loadOf(`  const page = http.get(address + '/');
  check(page, { 'opens': ({ status }) => status === 200 });`);
