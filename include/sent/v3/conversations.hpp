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

/// Lists the messages of all conversations: `GET /v3/conversations`. See Conversations::list().
struct ListConversationsRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Messages on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
};

/// Lists the messages of one conversation: `GET /v3/conversations/{id}`. See Conversations::get().
struct GetConversationRequest {
    /// Required. Id of the conversation.
    std::string id{};
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Messages on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
};

/// Reads messages of both directions, newest first. Thread-safe. Every operation is a read, so it is retried
/// after transient failures.
class SENT_EXPORT Conversations {
  public:
    explicit Conversations(Client client) noexcept : client_(std::move(client)) {}

    /// Returns one page of the messages of all conversations: `GET /v3/conversations`. A read: retried after
    /// transient failures.
    Result<Page<Message>> list(const ListConversationsRequest& request = {},
                               const CallOptions& options = {}) const;
    /// Returns a range over the messages of all conversations, from `request.page` on. The range fetches
    /// pages of `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Message> all(const ListConversationsRequest& request = {},
                                         const CallOptions& options = {}) const;
    /// Returns one page of the messages of one conversation: `GET /v3/conversations/{id}`. A read: retried
    /// after transient failures.
    Result<Page<Message>> get(const GetConversationRequest& request, const CallOptions& options = {}) const;
    /// Returns a range over the messages of one conversation, from `request.page` on. The range fetches pages
    /// of `request.page_size` lazily; each element is a Result, and an error is the last element. It is a
    /// template so that `all({})` and `all({.page = 2})` select the overload for all conversations.
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
