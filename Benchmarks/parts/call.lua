-- For wrk: sends one JSON-RPC call again and again, or GET /health when METHOD is empty.
--   wrk ... -s call.lua URL -- METHOD PARAMS [TEXT]
-- Answers without TEXT count as bad. The last line printed is: requests a second, p99 in milliseconds, bad answers.
local threads = {}
bad = 0

function setup(thread)
    table.insert(threads, thread)
end

function init(words)
    local method, params, text = words[1], words[2], words[3]
    if method == "" then
        wrk.path = "/health"
    else
        wrk.method = "POST"
        wrk.path = "/"
        wrk.headers["Content-Type"] = "application/json"
        wrk.body = string.format('{"jsonrpc":"2.0","id":1,"method":"%s","params":%s}', method, params)
    end
    if text then
        response = function(status, headers, body)
            if not string.find(body, text, 1, true) then bad = bad + 1 end
        end
    end
end

function done(summary, latency)
    local errors = summary.errors
    local count = errors.connect + errors.read + errors.write + errors.status + errors.timeout
    for _, thread in ipairs(threads) do count = count + thread:get("bad") end
    local rate = summary.requests / summary.duration * 1e6
    print(string.format(rate < 100 and "%.2f %.1f %d" or "%.0f %.1f %d", rate, latency:percentile(99) / 1000, count))
end
