-- Submits reports whose titles never repeat; a share of the requests may be reads of the list.
-- Arguments: percent of submits, prefix of the titles, their length, what stands before and after the title in the
-- body, X-API-Key, path and Authorization of the list.
dofile("result.lua")

local threads = 0

function setup(thread)
   thread:set("thread_number", threads)
   threads = threads + 1
end

function init(args)
   percent, prefix, title_length = tonumber(args[1]), args[2] .. thread_number .. "-", tonumber(args[3])
   body_tail, number = args[5], 0
   local filler = string.rep(" ", title_length)
   local headers = {["X-API-Key"] = args[6], ["Content-Type"] = "application/json"}
   local whole = wrk.format("POST", wrk.path, headers, args[4] .. filler .. body_tail)
   head = whole:sub(1, -(title_length + #body_tail + 1))
   list = wrk.format("GET", args[7], {["Authorization"] = args[8]})
   math.randomseed(thread_number + 1)
end

function request()
   if percent < 100 and math.random(100) > percent then
      return list
   end
   number = number + 1
   return head .. prefix .. string.format("%0" .. (title_length - #prefix) .. "d", number) .. body_tail
end
