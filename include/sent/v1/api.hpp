#pragma once

#include <utility>

#include <sent/v1/contacts.hpp>
#include <sent/v1/messages.hpp>
#include <sent/v1/templates.hpp>

namespace sent::v1 {

/// The seven operations of v1, by resource. `Client::v1()` gives it; cheap, holds a copy of the client.
class Api {
  public:
    explicit Api(Client client) noexcept : client_(std::move(client)) {}

    [[nodiscard]] Messages messages() const { return Messages{client_}; }
    [[nodiscard]] Contacts contacts() const { return Contacts{client_}; }
    [[nodiscard]] Templates templates() const { return Templates{client_}; }

  private:
    Client client_;
};

}  // namespace sent::v1

inline sent::v1::Api sent::Client::v1() const {
    return v1::Api{*this};
}
