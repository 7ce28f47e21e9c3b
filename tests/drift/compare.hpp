#pragma once

#include <string>
#include <vector>

#include "drift/document.hpp"

/// @file
/// Compares the operations of the library and the tables of their structs with a document.

namespace sent::drift {

/// One difference.
struct Finding {
    enum class Kind {
        new_operation,   ///< the document has an operation that the library lacks
        gone_operation,  ///< the library has an operation that the document lacks
        deprecation,     ///< only one of the two calls the operation deprecated
        new_member,
        gone_member,
        other_type,
    };
    Kind kind = Kind::new_operation;
    /// Name of the operation, such as `v3.contacts.list`, or its method and path if the library lacks it.
    std::string operation{};
    /// Where in the operation: `query`, `request` or `reply`, and the member, such as `reply
    /// contacts[].name`. Empty for operations.
    std::string member{};
    /// What the library and the document say. Either may be empty.
    std::string library{};
    std::string document{};
};

/// `new member` and so on.
std::string name_of(Finding::Kind kind);

/// Only generations of the API that have a path in the document are compared. Throws BadDocument.
std::vector<Finding> compare(const Document& document);

std::string as_text(const std::vector<Finding>& findings);
Json as_json(const std::vector<Finding>& findings);

}  // namespace sent::drift
