#include "drift/document.hpp"

#include <algorithm>
#include <cctype>

namespace sent::drift {
namespace {

constexpr int deepest = 64;
constexpr const char* methods[] = {"get", "post", "put", "patch", "delete"};

const Json& member(const Json& object, const char* name) {
    static const Json none;
    if (!object.is_object()) {
        return none;
    }
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : std::string{};
}

/// Adds the name of a type, or of each type of a list (OpenAPI 3.1).
void add_types(const Json& type, std::set<std::string>& into) {
    for (const auto& one : type.is_array() ? type : Json::array({type})) {
        const auto name = text_of(one);
        if (!name.empty() && name != "null") {
            into.insert(name);
        }
    }
}

bool is_null(const Json& schema) {
    return member(schema, "type") == "null";
}

}  // namespace

std::string without_parameter_names(const std::string& path) {
    std::string result;
    bool is_inside = false;
    for (const char c : path) {
        if (!is_inside || c == '}') {
            result += c;
        }
        is_inside = c == '{' || (is_inside && c != '}');
    }
    return result;
}

Document::Document(const std::string& text) {
    root_ = Json::parse(text, nullptr, false);
    if (root_.is_discarded()) {
        throw BadDocument("it is not JSON");
    }
    const auto version = text_of(member(root_, "openapi"));
    if (version.rfind("3.", 0) != 0) {
        throw BadDocument("`openapi` must be 3.0 or 3.1, not `" + version + "`");
    }
    const auto& paths = member(root_, "paths");
    if (!paths.is_object() || paths.empty()) {
        throw BadDocument("`paths` must be an object with paths");
    }
    for (const auto& [path, item] : paths.items()) {
        const auto& resolved = follow(item);
        for (const char* method : methods) {
            const auto& operation = member(resolved, method);
            if (operation.is_object()) {
                operations_.push_back(read_operation(path, method, resolved, operation));
            }
        }
    }
    if (operations_.empty()) {
        throw BadDocument("`paths` has no operation");
    }
}

const Json& Document::follow(const Json& node) const {
    const Json* found = &node;
    for (int i = 0; i < deepest; ++i) {
        const auto reference = text_of(member(*found, "$ref"));
        if (reference.empty()) {
            return *found;
        }
        if (reference.rfind("#/", 0) != 0) {
            throw BadDocument("`$ref` to `" + reference +
                              "`: only references within the document are supported");
        }
        try {
            found = &root_.at(Json::json_pointer(reference.substr(1)));
        } catch (const Json::exception&) {
            throw BadDocument("`$ref` to `" + reference + "`: the document has nothing there");
        }
    }
    throw BadDocument("`$ref` to `" + text_of(member(node, "$ref")) + "` refers to itself");
}

Schema Document::resolve(const Json& schema) const {
    Schema result;
    merge(schema, result, 0);
    if (result.types.empty() && !result.members.empty()) {
        result.types.insert("object");
    }
    return result;
}

void Document::merge(const Json& schema, Schema& into, int depth) const {
    if (depth > deepest) {
        throw BadDocument("a schema has more than " + std::to_string(deepest) + " levels of `allOf`");
    }
    // OpenAPI 3.0 ignores what stands beside a reference, but documents have `deprecated` there.
    into.is_deprecated = into.is_deprecated || member(schema, "deprecated") == true;
    const auto& resolved = follow(schema);
    add_types(member(resolved, "type"), into.types);
    into.is_deprecated = into.is_deprecated || member(resolved, "deprecated") == true;
    if (const auto& format = member(resolved, "format"); format.is_string()) {
        into.format = format.get<std::string>();
    }
    for (const auto& value : member(resolved, "enum")) {
        if (value.is_string()) {
            into.types.insert("string");
        }
    }
    if (const auto& members = member(resolved, "properties"); members.is_object()) {
        for (const auto& [name, value] : members.items()) {
            into.members[name] = &value;
        }
    }
    for (const char* name : {"items", "additionalProperties"}) {
        if (const auto& element = member(resolved, name); element.is_object()) {
            into.element = &element;
        }
    }
    for (const auto& part : member(resolved, "allOf")) {
        merge(part, into, depth + 1);
    }
    for (const char* name : {"oneOf", "anyOf"}) {
        merge_alternatives(member(resolved, name), into, depth);
    }
}

void Document::merge_alternatives(const Json& alternatives, Schema& into, int depth) const {
    const Json* only = nullptr;
    for (const auto& one : alternatives) {
        if (is_null(follow(one))) {
            continue;
        }
        if (only != nullptr) {
            into = {};
            return;
        }
        only = &one;
    }
    if (only != nullptr) {
        merge(*only, into, depth + 1);
    }
}

DocumentedOperation Document::read_operation(const std::string& path, const std::string& method,
                                             const Json& item, const Json& operation) const {
    DocumentedOperation result;
    std::transform(method.begin(), method.end(), std::back_inserter(result.method),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    result.path = without_parameter_names(path);
    result.written_path = path;
    result.is_deprecated = member(operation, "deprecated") == true;
    read_parameters(item, result);
    read_parameters(operation, result);
    if (const auto& body = member(operation, "requestBody"); !body.is_null()) {
        result.request = content_of(follow(body));
    }
    for (const auto& [status, response] : member(operation, "responses").items()) {
        if (status.rfind('2', 0) == 0 && result.response == nullptr) {
            result.response = content_of(follow(response));
        }
    }
    return result;
}

void Document::read_parameters(const Json& owner, DocumentedOperation& operation) const {
    for (const auto& one : member(owner, "parameters")) {
        const auto& parameter = follow(one);
        const auto name = text_of(member(parameter, "name"));
        if (name.empty()) {
            throw BadDocument(operation.method + ' ' + operation.written_path +
                              ": a parameter has no `name`");
        }
        if (member(parameter, "in") == "query") {
            operation.query[name] = &member(parameter, "schema");
        }
    }
}

const Json* Document::content_of(const Json& body) const {
    const Json* form = nullptr;
    for (const auto& [type, content] : member(body, "content").items()) {
        const auto& schema = member(content, "schema");
        if (type.find("json") != std::string::npos && !schema.is_null()) {
            return &schema;
        }
        if (type.rfind("multipart/", 0) == 0 && !schema.is_null()) {
            form = &schema;
        }
    }
    return form;
}

}  // namespace sent::drift
