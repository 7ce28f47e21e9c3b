#pragma once

/// @file
/// Checks, completes, names and renders the content of a template.

#include <map>
#include <string>
#include <vector>

#include "emulator/json.hpp"
#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {

struct RenderedMessage;

/// Adds an error for each member of a definition that is missing or has the wrong type.
void check_definition(const Json& definition, FieldErrors& errors);

/// Returns the definition as the service returns it: members that the client omitted are null.
Json with_all_members(const Json& definition);

/// Returns the names of the variables that a message must fill in, each once, in the order of the definition.
std::vector<std::string> variable_names(const Json& definition);

/// Returns the name and all texts of a template in lower case, one per line.
std::string searchable_text(const std::string& name, const Json& definition);

/// Returns a name as the service generates it: the header's text, or the beginning of the body.
std::string make_template_name(const Json& definition);

/// Returns MARKETING, UTILITY or AUTHENTICATION.
std::string guess_category(const Json& definition);

/// Fills in the variables by name. Variables without a value stay visible as "{{1:variable}}".
RenderedMessage render_message(const Json& definition, const std::string& channel,
                               const std::map<std::string, std::string>& variables);

}  // namespace sent::testing::emulator
