#include "drift/compare.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <sent/operations.hpp>

#include "json/field.hpp"
#include "operations/registry.hpp"

namespace sent::drift {
namespace {

using detail::Field;
using detail::Kind;
using detail::Location;
using detail::StructInfo;
using detail::TypeInfo;

/// `/v3/` for `/v3/contacts`.
std::string generation_of(std::string_view path) {
    return std::string{path.substr(0, path.find('/', 1) + 1)};
}

/// The type inside optionals.
const TypeInfo& inner(const TypeInfo& type) {
    return type.kind == Kind::optional || type.kind == Kind::nullable ? inner(*type.element) : type;
}

/// Types of JSON that the codec reads into this kind. Empty means any.
std::set<std::string> types_of(Kind kind) {
    switch (kind) {
        case Kind::string:
        case Kind::secret:
        case Kind::open_enum:
        case Kind::timestamp:
            return {"string"};
        case Kind::boolean:
            return {"boolean"};
        case Kind::int32:
        case Kind::int64:
            return {"integer"};
        case Kind::number:
            return {"number", "integer"};
        case Kind::vector:
            return {"array"};
        case Kind::map:
        case Kind::structure:
            return {"object"};
        default:
            return {};
    }
}

std::string list_of(const std::set<std::string>& types) {
    std::string result;
    for (const auto& type : types) {
        result += (result.empty() ? "" : " or ") + type;
    }
    return result.empty() ? "any" : result;
}

class Comparison {
  public:
    Comparison(const Document& document, std::vector<Finding>& findings)
        : document_(document), findings_(findings) {}

    void operation(const Route& route, const DocumentedOperation& documented) {
        name_ = route.name;
        if (route.is_deprecated != documented.is_deprecated) {
            add(Finding::Kind::deprecation, "", route.is_deprecated ? "deprecated" : "not deprecated",
                documented.is_deprecated ? "deprecated" : "not deprecated");
        }
        Schema query;
        query.members = documented.query;
        members("query ", route.request(), Location::query, query);
        auto request = documented.request != nullptr ? document_.resolve(*documented.request) : Schema{};
        if (route.accepts_sandbox != (request.members.erase("sandbox") != 0)) {
            add(route.accepts_sandbox ? Finding::Kind::gone_member : Finding::Kind::new_member,
                "request sandbox", "", "");
        }
        if (documented.request == nullptr || !request.members.empty()) {
            members("request ", route.request(), Location::body, request);
        }
        if (route.response != nullptr && documented.response != nullptr) {
            reply(route.response(), document_.resolve(*documented.response));
        }
    }

  private:
    void add(Finding::Kind kind, std::string member, std::string library, std::string document) {
        findings_.push_back({kind, name_, std::move(member), std::move(library), std::move(document)});
    }

    /// Takes `data` out of the envelope of v3.
    void reply(const StructInfo& table, Schema schema) {
        const auto data = schema.members.find("data");
        if (data != schema.members.end() && schema.members.count("success") != 0) {
            schema = document_.resolve(*data->second);
        }
        structure("reply ", table, schema);
    }

    void structure(const std::string& path, const StructInfo& table, const Schema& schema) {
        if (schema.types.count("array") != 0 && table.array_field != nullptr) {
            elements(path, *table.array_field->type, schema);
        } else if (!schema.types.empty() && schema.types.count("object") == 0) {
            add(Finding::Kind::other_type, path, "object", list_of(schema.types));
        } else if (!schema.members.empty()) {
            members(path, table, Location::body, schema);
        }
    }

    void members(const std::string& path, const StructInfo& table, Location location, const Schema& schema) {
        for (const auto& [name, member] : schema.members) {
            const auto* const row = std::find_if(
                table.begin(), table.end(), [&name = name](const Field& one) { return one.name == name; });
            if (row == table.end() && table.whole_object != nullptr) {
                continue;  // it has every member
            }
            if (row == table.end() || row->location != location) {
                add(Finding::Kind::new_member, path + name, "", list_of(document_.resolve(*member).types));
            } else {
                value(path + name, *row->type, *member);
            }
        }
        for (const auto& row : table) {
            const bool is_other_name = row.is_alias || row.is_read_only || row.is_whole_object;
            if (row.location == location && !is_other_name &&
                schema.members.count(std::string{row.name}) == 0) {
                add(Finding::Kind::gone_member, path + std::string{row.name},
                    list_of(types_of(inner(*row.type).kind)), "");
            }
        }
    }

    void value(const std::string& path, const TypeInfo& wrapped, const Json& written) {
        const auto& type = inner(wrapped);
        const auto schema = document_.resolve(written);
        const auto expected = types_of(type.kind);
        const bool is_wider = type.kind == Kind::int32 && schema.format == "int64";
        const bool fits = expected.empty() || schema.types.empty() ||
                          std::any_of(schema.types.begin(), schema.types.end(),
                                      [&expected](const auto& one) { return expected.count(one) != 0; }) ||
                          (type.kind == Kind::structure && type.structure != nullptr &&
                           type.structure().array_field != nullptr && schema.types.count("array") != 0);
        if (!fits || is_wider) {
            add(Finding::Kind::other_type, path, is_wider ? "int32" : list_of(expected),
                is_wider ? "int64" : list_of(schema.types));
            return;
        }
        if (type.kind == Kind::vector || type.kind == Kind::map) {
            elements(path, type, schema);
        } else if (type.kind == Kind::structure && type.structure != nullptr) {
            nested(path, type.structure(), schema, written);
        }
    }

    void elements(const std::string& path, const TypeInfo& type, const Schema& schema) {
        if (schema.element != nullptr) {
            value(path + (type.kind == Kind::map ? "{}" : "[]"), *type.element, *schema.element);
        }
    }

    /// A struct inside itself is compared once.
    void nested(const std::string& path, const StructInfo& table, const Schema& schema, const Json& written) {
        if (open_.insert({&table, &written}).second) {
            structure(path + (schema.types.count("array") != 0 ? "" : "."), table, schema);
            open_.erase({&table, &written});
        }
    }

    const Document& document_;
    std::vector<Finding>& findings_;
    std::string name_{};
    std::set<std::pair<const StructInfo*, const Json*>> open_{};
};

}  // namespace

std::string name_of(Finding::Kind kind) {
    switch (kind) {
        case Finding::Kind::new_operation:
            return "new operation";
        case Finding::Kind::gone_operation:
            return "gone operation";
        case Finding::Kind::deprecation:
            return "deprecation";
        case Finding::Kind::new_member:
            return "new member";
        case Finding::Kind::gone_member:
            return "gone member";
        case Finding::Kind::other_type:
            return "other type";
    }
    return "";
}

std::vector<Finding> compare(const Document& document) {
    std::vector<Finding> findings;
    std::map<std::string, const DocumentedOperation*> documented;
    std::set<std::string> generations;
    for (const auto& operation : document.operations()) {
        documented[operation.method + ' ' + operation.path] = &operation;
        generations.insert(generation_of(operation.path));
    }
    Comparison comparison{document, findings};
    for (const auto& info : operations()) {
        const std::string path{info.path};
        if (generations.count(generation_of(path)) == 0) {
            continue;
        }
        const auto found = documented.find(std::string{info.method} + ' ' + without_parameter_names(path));
        if (found == documented.end()) {
            findings.push_back({Finding::Kind::gone_operation, std::string{info.name}, "",
                                std::string{info.method} + ' ' + path, ""});
            continue;
        }
        comparison.operation(*detail::find_route(info.name), *found->second);
        documented.erase(found);
    }
    for (const auto& [name, operation] : documented) {
        findings.push_back(
            {Finding::Kind::new_operation, operation->method + ' ' + operation->written_path, "", "", ""});
    }
    return findings;
}

std::string as_text(const std::vector<Finding>& findings) {
    std::string text;
    for (const auto& finding : findings) {
        text += finding.operation + (finding.member.empty() ? "" : ", " + finding.member) + ": " +
                name_of(finding.kind);
        if (!finding.library.empty() && !finding.document.empty()) {
            text += ", the library has " + finding.library + ", the document " + finding.document;
        } else if (!finding.library.empty() || !finding.document.empty()) {
            text += " (" + finding.library + finding.document + ')';
        }
        text += '\n';
    }
    return text;
}

Json as_json(const std::vector<Finding>& findings) {
    Json list = Json::array();
    for (const auto& finding : findings) {
        list.push_back({{"kind", name_of(finding.kind)},
                        {"operation", finding.operation},
                        {"member", finding.member},
                        {"library", finding.library},
                        {"document", finding.document}});
    }
    return {{"differences", list}};
}

}  // namespace sent::drift
