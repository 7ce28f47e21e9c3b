#pragma once

/// @file
/// The bodies of v1 and v2 replies: plain JSON, problems (shape A), validation errors (shape B), nothing
/// (shape C).

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/json.hpp"

namespace sent::testing::emulator {

/// Maps the name of a member or parameter to the messages about it.
using FieldErrors = std::map<std::string, std::vector<std::string>>;

Reply json_reply(const Json& value, int status = 200);
Reply no_content();

/// Shape A: {"status":404,"title":"Not Found","detail":"..."}
Reply problem(int status, std::string_view detail);

/// Shape B: {"statusCode":400,"message":"One or more errors occurred!","errors":{"templateId":["..."]}}
Reply validation_error(const FieldErrors& errors);

}  // namespace sent::testing::emulator
