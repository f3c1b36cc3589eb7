import { headersForService, problemDocument, VERIFY_TIMEOUT } from './edge-policy.ts';

/** Headers of a refusal that the client gets. */
const refusalHeaders = [
  'Content-Type',
  'Location',
  'Retry-After',
  'WWW-Authenticate',
  'RateLimit',
  'RateLimit-Policy',
] as const;

/**
 * Phases of Kong's function plugin that asks `/edge/verify` and either goes on with what it answers or ends the
 * request with its problem. `query` and `verifier` come from the platform description, never from a request.
 */
export function kongVerifier(verifier: string, query: string): Record<'access' | 'header_filter', readonly string[]> {
  return { access: [access(verifier, query)], header_filter: [headerFilter] };
}

function access(verifier: string, query: string): string {
  return `local http = require("resty.http")
local client = http.new()
client:set_timeouts(2000, ${VERIFY_TIMEOUT}000, ${VERIFY_TIMEOUT}000)
local headers = kong.request.get_headers(1000)
headers["content-length"] = nil
headers["transfer-encoding"] = nil
headers["connection"] = nil
headers["expect"] = nil
headers["x-forwarded-method"] = kong.request.get_method()
headers["x-forwarded-uri"] = kong.request.get_raw_path() .. (kong.request.get_raw_query() ~= "" and "?" .. kong.request.get_raw_query() or "")
headers["x-forwarded-host"] = kong.request.get_header("host")
headers["x-forwarded-proto"] = kong.request.get_scheme()
headers["x-forwarded-for"] = kong.client.get_ip()
local answer, failure = client:request_uri("http://${verifier}/edge/verify?${query}", { method = "GET", headers = headers })
if not answer then
  kong.log.err("the gateway of the platform cannot be asked: ", failure)
  return kong.response.exit(503, '${problemDocument(503)}', { ["Content-Type"] = "application/problem+json", ["Retry-After"] = "2" })
end
if answer.status < 200 or answer.status >= 300 then
  local refusal = {}
  for _, name in ipairs({ ${list(refusalHeaders)} }) do
    refusal[name] = answer.headers[name]
  end
  return kong.response.exit(answer.status, answer.body, refusal)
end
for _, name in ipairs({ ${list(headersForService)} }) do
  local value = answer.headers[name]
  if value then
    kong.service.request.set_header(name, value)
  else
    kong.service.request.clear_header(name)
  end
end
kong.service.request.clear_header("X-API-Key")
kong.ctx.shared.plinth_ratelimit = answer.headers["RateLimit"]
kong.ctx.shared.plinth_ratelimit_policy = answer.headers["RateLimit-Policy"]
`;
}

const headerFilter = `local limit, policy = kong.ctx.shared.plinth_ratelimit, kong.ctx.shared.plinth_ratelimit_policy
if limit and policy then
  kong.response.set_header("RateLimit", limit)
  kong.response.set_header("RateLimit-Policy", policy)
end
`;

function list(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}
