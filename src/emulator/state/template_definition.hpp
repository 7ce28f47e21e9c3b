#pragma once

/// @file
/// The content of a template: checked, completed, named and rendered.

#include <map>
#include <string>
#include <vector>

#include "emulator/json.hpp"
#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {

struct RenderedMessage;

/// Adds an error for each member of a definition that is missing or of the wrong type.
void check_definition(const Json& definition, FieldErrors& errors);

/// The definition as the service gives it back: members that the client left out are null.
Json with_all_members(const Json& definition);

/// The names that a message has to fill in, each once, in the order in which the definition has them.
std::vector<std::string> variable_names(const Json& definition);

/// The name and all texts of a template in lower case, one per line.
std::string searchable_text(const std::string& name, const Json& definition);

/// A name, as the service generates it: the header's text, or how the body begins.
std::string make_template_name(const Json& definition);

/// MARKETING, UTILITY or AUTHENTICATION.
std::string guess_category(const Json& definition);

/// Fills in the variables, by name. What has no value stays visible as "{{1:variable}}".
RenderedMessage render_message(const Json& definition, const std::string& channel,
                               const std::map<std::string, std::string>& variables);

}  // namespace sent::testing::emulator
