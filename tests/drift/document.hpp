#pragma once

#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

/// @file
/// Reads as much of an OpenAPI 3 document as the comparison needs.

namespace sent::drift {

using Json = nlohmann::json;

/// The document cannot be read. The text says where.
class BadDocument : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// A schema with its references and `allOf` resolved.
struct Schema {
    /// Of JSON, such as `string`, without `null`. Empty means any.
    std::set<std::string> types{};
    std::string format{};
    /// The schemas of the members, unresolved.
    std::map<std::string, const Json*> members{};
    /// Of an array's elements, or of a map's values. Null means any.
    const Json* element = nullptr;
    bool is_deprecated = false;
};

/// One method of one path.
struct DocumentedOperation {
    std::string method{};
    /// With `{}` for each parameter.
    std::string path{};
    /// As it is written in the document.
    std::string written_path{};
    bool is_deprecated = false;
    std::map<std::string, const Json*> query{};
    /// Of the JSON body, or else of a form. Null means none.
    const Json* request = nullptr;
    /// Of the first 2xx that has one. Null means none.
    const Json* response = nullptr;
};

class Document {
  public:
    /// Throws BadDocument.
    explicit Document(const std::string& text);

    [[nodiscard]] const std::vector<DocumentedOperation>& operations() const noexcept { return operations_; }
    /// Resolves references, `allOf`, `nullable` and lists of types. Of `oneOf` and `anyOf`, only an
    /// alternative to null is resolved; several alternatives mean any type. Throws BadDocument.
    [[nodiscard]] Schema resolve(const Json& schema) const;

  private:
    [[nodiscard]] const Json& follow(const Json& node) const;
    void merge(const Json& schema, Schema& into, int depth) const;
    void merge_alternatives(const Json& alternatives, Schema& into, int depth) const;
    [[nodiscard]] DocumentedOperation read_operation(const std::string& path, const std::string& method,
                                                     const Json& item, const Json& operation) const;
    void read_parameters(const Json& owner, DocumentedOperation& operation) const;
    [[nodiscard]] const Json* content_of(const Json& body) const;

    Json root_;
    std::vector<DocumentedOperation> operations_{};
};

/// Returns the path with `{}` for each parameter.
std::string without_parameter_names(const std::string& path);

}  // namespace sent::drift
