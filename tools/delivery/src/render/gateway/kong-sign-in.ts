import {
  pageRequest,
  problemDocument,
  signInPaths,
  signInProblem,
  staffHeaders,
  VERIFY_TIMEOUT,
} from './edge-policy.ts';

/**
 * The phase of Kong's function plugin that asks oauth2-proxy and goes on only when it says 2xx. Pages begin its sign-in,
 * which leads back to them. `address` comes from the platform description, never from a request.
 */
export function kongSignIn(address: string): Record<'access', readonly string[]> {
  return { access: [access(address)] };
}

function access(address: string): string {
  return `local http = require("resty.http")
local host = kong.request.get_header("host")
local query = kong.request.get_raw_query()
local target = kong.request.get_raw_path() .. (query ~= "" and "?" .. query or "")
local headers = {
  ["cookie"] = kong.request.get_header("cookie"),
  ["user-agent"] = kong.request.get_header("user-agent"),
  ["host"] = host,
  ["x-forwarded-host"] = host,
  ["x-forwarded-proto"] = kong.request.get_scheme(),
  ["x-forwarded-for"] = kong.client.get_ip(),
  ["x-auth-request-redirect"] = kong.request.get_scheme() .. "://" .. host .. target,
}
local function ask(path)
  local client = http.new()
  client:set_timeouts(2000, ${VERIFY_TIMEOUT}000, ${VERIFY_TIMEOUT}000)
  local answer, failure = client:request_uri("http://${address}" .. path, { method = "GET", headers = headers })
  if not answer then
    kong.log.err("oauth2-proxy cannot be asked: ", failure)
    return kong.response.exit(503, '${problemDocument(503)}', { ["Content-Type"] = "application/problem+json", ["Retry-After"] = "2" })
  end
  return answer
end
local answer = ask("${signInPaths.question}")
if answer.status == 401 then
  local accept = kong.request.get_header("accept") or ""
  if kong.request.get_method() == "${pageRequest.method}" and string.find(accept, "${pageRequest.accept}", 1, true) then
    local start = ask("${signInPaths.start}")
    return kong.response.exit(start.status, start.body, { ["Location"] = start.headers["Location"], ["Set-Cookie"] = start.headers["Set-Cookie"], ["Cache-Control"] = "no-store" })
  end
  return kong.response.exit(401, '${signInProblem}', { ["Content-Type"] = "application/problem+json" })
end
if answer.status < 200 or answer.status >= 300 then
  return kong.response.exit(answer.status, answer.body, { ["Content-Type"] = answer.headers["Content-Type"] })
end
for _, name in ipairs({ ${staffHeaders.map((name) => `"${name}"`).join(', ')} }) do
  local value = answer.headers[name]
  if value then
    kong.service.request.set_header(name, value)
  else
    kong.service.request.clear_header(name)
  end
end
`;
}
