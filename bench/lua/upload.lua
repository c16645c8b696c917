-- Uploads one picture again and again; each upload that is answered is followed by a report that refers to it.
-- Arguments: X-API-Key, the file of the form's body, its boundary, path of the reports, a report's body with KEY
-- wherever the reference stands.
dofile("result.lua")

local threads = 0

function setup(thread)
   thread:set("thread_number", threads)
   threads = threads + 1
end

function init(args)
   local file = assert(io.open(args[2], "rb"))
   local form = file:read("*a")
   file:close()
   local headers = {["X-API-Key"] = args[1], ["Content-Type"] = "multipart/form-data; boundary=" .. args[3]}
   upload = wrk.format("POST", wrk.path, headers, form)
   json = {["X-API-Key"] = args[1], ["Content-Type"] = "application/json"}
   reports, report = args[4], args[5]
   waiting = {}
end

function request()
   local key = table.remove(waiting)
   if key == nil then
      return upload
   end
   return wrk.format("POST", reports, json, (report:gsub("KEY", key)))
end

function response(status, headers, body)
   local key = body:match('"key":"([^"]+)"')
   if status == 200 and key then
      table.insert(waiting, key)
   end
end
