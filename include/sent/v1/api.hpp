#pragma once

#include <utility>

#include <sent/v1/contacts.hpp>
#include <sent/v1/messages.hpp>
#include <sent/v1/templates.hpp>

namespace sent::v1 {

/// Access to the seven operations of v1, by resource. Client::v1() returns it. Cheap to copy: it holds a copy
/// of the client.
class Api {
  public:
    explicit Api(Client client) noexcept : client_(std::move(client)) {}

    /// Sends messages.
    [[nodiscard]] Messages messages() const { return Messages{client_}; }
    /// Reads contacts.
    [[nodiscard]] Contacts contacts() const { return Contacts{client_}; }
    /// Reads templates.
    [[nodiscard]] Templates templates() const { return Templates{client_}; }

  private:
    Client client_;
};

}  // namespace sent::v1

inline sent::v1::Api sent::Client::v1() const {
    return v1::Api{*this};
}
