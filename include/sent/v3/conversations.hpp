#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

#include <sent/client.hpp>
#include <sent/page.hpp>
#include <sent/v3/messages.hpp>

namespace sent {
inline namespace v3 {

/// `GET /v3/conversations`.
struct ListConversationsRequest {
    /// Counts from 1.
    std::int32_t page = 1;
    /// At least 1.
    std::int32_t page_size = 20;
};

/// `GET /v3/conversations/{id}`.
struct GetConversationRequest {
    std::string id{};
    /// Counts from 1.
    std::int32_t page = 1;
    /// At least 1.
    std::int32_t page_size = 20;
};

/// Messages of both directions, newest first. Thread-safe; every operation is a read and is repeated when it
/// fails for a passing reason.
class SENT_EXPORT Conversations {
  public:
    explicit Conversations(Client client) noexcept : client_(std::move(client)) {}

    /// `GET /v3/conversations`: the messages of all conversations.
    Result<Page<Message>> list(const ListConversationsRequest& request = {},
                               const CallOptions& options = {}) const;
    /// The messages of all conversations, from `request.page` on, fetched lazily in pages of
    /// `request.page_size`.
    [[nodiscard]] PageRange<Message> all(const ListConversationsRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// `GET /v3/conversations/{id}`: a page of one conversation's messages.
    Result<Page<Message>> get(const GetConversationRequest& request, const CallOptions& options = {}) const;
    /// One conversation's messages, from `request.page` on, fetched lazily in pages of `request.page_size`.
    /// A template, so that `all({})` and `all({.page = 2})` mean the messages of all conversations.
    template <class Request = GetConversationRequest,
              class = std::enable_if_t<std::is_same_v<Request, GetConversationRequest>>>
    [[nodiscard]] PageRange<Message> all(const Request& request, const CallOptions& options = {}) const {
        return all_of_one(request, options);
    }

  private:
    [[nodiscard]] PageRange<Message> all_of_one(const GetConversationRequest& request,
                                                const CallOptions& options) const;

    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Conversations sent::Client::conversations() const {
    return Conversations{*this};
}

SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Message>);
SENT_DETAIL_DESCRIBE(sent::v3::ListConversationsRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetConversationRequest);
SENT_DETAIL_OPERATION(sent::v3::ListConversationsRequest, sent::Page<sent::v3::Message>);
SENT_DETAIL_OPERATION(sent::v3::GetConversationRequest, sent::Page<sent::v3::Message>);
