#pragma once

#include <utility>

#include <sent/v2/contacts.hpp>
#include <sent/v2/messages.hpp>
#include <sent/v2/numbers.hpp>
#include <sent/v2/templates.hpp>

namespace sent::v2 {

/// Access to the twelve operations of v2, by resource. Client::v2() returns it. Cheap to copy: it holds a
/// copy of the client.
class Api {
  public:
    explicit Api(Client client) noexcept : client_(std::move(client)) {}

    /// Sends messages and reads them.
    [[nodiscard]] Messages messages() const { return Messages{client_}; }
    /// Reads contacts.
    [[nodiscard]] Contacts contacts() const { return Contacts{client_}; }
    /// Reads, creates and removes templates.
    [[nodiscard]] Templates templates() const { return Templates{client_}; }
    /// Looks up phone numbers.
    [[nodiscard]] Numbers numbers() const { return Numbers{client_}; }

  private:
    Client client_;
};

}  // namespace sent::v2

inline sent::v2::Api sent::Client::v2() const {
    return v2::Api{*this};
}
