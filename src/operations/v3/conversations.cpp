#include <sent/v3/conversations.hpp>

#include <utility>

#include "json/field.hpp"
#include "operations/all_pages.hpp"
#include "operations/v3/pages.hpp"

namespace sent::detail {
namespace {

constexpr Field list_conversations_fields[] = {
    field<&ListConversationsRequest::page>("page").in_query().between(1, int32_max),
    field<&ListConversationsRequest::page_size>("page_size").in_query().between(1, int32_max),
};
constexpr StructInfo list_conversations_info{"v3::ListConversationsRequest", list_conversations_fields};

constexpr Field get_conversation_fields[] = {
    field<&GetConversationRequest::id>("id").in_path(),
    field<&GetConversationRequest::page>("page").in_query().between(1, int32_max),
    field<&GetConversationRequest::page_size>("page_size").in_query().between(1, int32_max),
};
constexpr StructInfo get_conversation_info{"v3::GetConversationRequest", get_conversation_fields};

constexpr Field message_page_fields[] = {
    field<&Page<Message>::items>("messages"),
    pagination_field<Message>(),
};
constexpr StructInfo message_page_info{"Page", message_page_fields};

constexpr Route list_conversations_route = v3_list_route<Message>(
    "v3.conversations.list", "/v3/conversations", list_conversations_info, message_page_info);
constexpr Route get_conversation_route = v3_list_route<Message>(
    "v3.conversations.get", "/v3/conversations/{id}", get_conversation_info, message_page_info);

}  // namespace

const StructInfo& Described<ListConversationsRequest>::info() noexcept {
    return list_conversations_info;
}
const StructInfo& Described<GetConversationRequest>::info() noexcept {
    return get_conversation_info;
}
const StructInfo& Described<Page<Message>>::info() noexcept {
    return message_page_info;
}

}  // namespace sent::detail

namespace sent {

const Route& operation<ListConversationsRequest>::route() noexcept {
    return detail::list_conversations_route;
}
const Route& operation<GetConversationRequest>::route() noexcept {
    return detail::get_conversation_route;
}

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
