#include <sent/v3/conversations.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"

namespace sent::detail {
SENT_TABLE(ListConversationsRequest,
           field<&ListConversationsRequest::page>("page").in_query().at_least(1),
           field<&ListConversationsRequest::page_size>("page_size").in_query().at_least(1));
SENT_TABLE(GetConversationRequest,
           field<&GetConversationRequest::id>("id").in_path(),
           field<&GetConversationRequest::page>("page").in_query().at_least(1),
           field<&GetConversationRequest::page_size>("page_size").in_query().at_least(1));
SENT_TABLE(Page<Message>,
           field<&Page<Message>::items>("messages"),
           pagination_field<Message>());

SENT_OPERATION(ListConversationsRequest,
               paged_list<Message>("v3.conversations.list", "/v3/conversations",
                                   "List the latest messages of all conversations"));
SENT_OPERATION(GetConversationRequest, paged_list<Message>("v3.conversations.get", "/v3/conversations/{id}",
                                                           "List the messages of a conversation"));

SENT_OPERATIONS(v3_conversations, ListConversationsRequest, GetConversationRequest);

}  // namespace sent::detail

namespace sent {

inline namespace v3 {

Result<Page<Message>> Conversations::list(const ListConversationsRequest& request,
                                          const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Message> Conversations::all(const ListConversationsRequest& request,
                                      const CallOptions& options) const {
    return detail::all_pages<Message>(client_, request, options);
}

Result<Page<Message>> Conversations::get(const GetConversationRequest& request,
                                         const CallOptions& options) const {
    return client_.call(request, options);
}

PageRange<Message> Conversations::all_of_one(const GetConversationRequest& request,
                                             const CallOptions& options) const {
    return detail::all_pages<Message>(client_, request, options);
}

}  // namespace v3
}  // namespace sent
