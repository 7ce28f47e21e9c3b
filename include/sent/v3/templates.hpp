#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <sent/client.hpp>
#include <sent/nullable.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v3/common.hpp>
#include <sent/v3/template_definition.hpp>

namespace sent {
inline namespace v3 {

/// A template. Members that the service leaves out are empty. The service does not return the definition.
struct Template {
    std::string id{};
    std::string customer_id{};
    /// The service chooses the name; an update can set another.
    std::string name{};
    TemplateCategory category{};
    /// Language, such as `en_US`.
    std::string language{};
    TemplateStatus status{};
    /// Channels that can show the content, computed from the body. Each channel must approve the template
    /// before it can be sent there.
    std::vector<Channel> channels{};
    /// Names of the variables.
    std::vector<std::string> variables{};
    /// Whether the template can be used for sending.
    bool is_published = false;
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
    /// Only for the service's auto-reply templates.
    std::optional<AutoReplyAction> auto_reply_action{};
};

/// Creates a template: `POST /v3/templates`. See Templates::create().
struct CreateTemplateRequest {
    /// Required.
    TemplateDefinition definition{};
    /// If it is empty, the service chooses one.
    TemplateCategory category{};
    /// Language, such as `en_US`. If it is empty, the service detects it.
    std::string language{};
    /// If it is empty, the service uses `from-api`.
    std::string creation_source{};
    /// If it is false, which is the default, the template stays a draft.
    bool submit_for_review = false;
};

/// Lists templates: `GET /v3/templates`. See Templates::list().
struct ListTemplatesRequest {
    /// Number of the page, counted from 1. Defaults to 1.
    std::int32_t page = 1;
    /// Templates on a page, at least 1. Defaults to 20.
    std::int32_t page_size = 20;
    /// Part of the name. If it is empty, all templates match.
    std::string search{};
    /// If it is set, only templates with this status match.
    TemplateStatus status{};
    /// If it is set, only templates of this category match.
    TemplateCategory category{};
    /// Since August 2026 the service ignores it.
    std::optional<bool> is_welcome_playground{};
};

/// Reads a template: `GET /v3/templates/{id}`. See Templates::get().
struct GetTemplateRequest {
    /// Required.
    std::string id{};
};

/// Changes the members of a template that are set here: `PUT /v3/templates/{id}`. See Templates::update().
///
/// The name can be changed in every status. Category, language and definition can be changed in DRAFT,
/// REJECTED and APPROVED. While a review is open, a change of them or another `submit_for_review` fails with
/// ErrorKind::conflict (CONFLICT_006). In PAUSED, DISABLED and REVOKED, a change of them fails with
/// ErrorKind::bad_request (VALIDATION_001). A change of an APPROVED template takes effect at once; with
/// `submit_for_review`, its channels stop sending until they are approved again.
struct UpdateTemplateRequest {
    /// Required.
    std::string id{};
    /// Must not start with `sent_`, which is reserved for the service's templates.
    Nullable<std::string> name{};
    Nullable<TemplateCategory> category{};
    Nullable<std::string> language{};
    Nullable<TemplateDefinition> definition{};
    std::optional<bool> submit_for_review{};
};

/// Removes a template: `DELETE /v3/templates/{id}`. See Templates::remove().
struct RemoveTemplateRequest {
    /// Required.
    std::string id{};
    /// If it is true, the template is also removed from Meta (WhatsApp). Defaults to false.
    Nullable<bool> delete_from_meta{};
};

/// Manages templates. Thread-safe. If the id is unknown, a call fails with ErrorKind::not_found
/// (RESOURCE_002).
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// Creates a template: `POST /v3/templates`. A write with an idempotency key: retried with the same key
    /// after transient failures.
    Result<Template> create(const CreateTemplateRequest& request, const CallOptions& options = {}) const;
    /// Returns one page of templates: `GET /v3/templates`. A read: retried after transient failures.
    Result<Page<Template>> list(const ListTemplatesRequest& request = {},
                                const CallOptions& options = {}) const;
    /// Returns a range over all templates that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Template> all(const ListTemplatesRequest& request = {},
                                          const CallOptions& options = {}) const;
    /// Returns the template with this id: `GET /v3/templates/{id}`. A read: retried after transient failures.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;
    /// Changes the members that are set in the request and returns the template: `PUT /v3/templates/{id}`. A
    /// write with an idempotency key: retried with the same key after transient failures.
    /// UpdateTemplateRequest says what each status permits.
    Result<Template> update(const UpdateTemplateRequest& request, const CallOptions& options = {}) const;
    /// Removes a template: `DELETE /v3/templates/{id}`. The service accepts no idempotency key here: if it is
    /// unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown.
    Result<void> remove(const RemoveTemplateRequest& request, const CallOptions& options = {}) const;
    /// Removes the template with this id, but not from Meta. It is a template so that `remove({"id"})`
    /// selects the other overload and is not ambiguous.
    template <class Id, class = std::enable_if_t<std::is_convertible_v<Id, std::string>>>
    Result<void> remove(Id&& id, const CallOptions& options = {}) const {
        RemoveTemplateRequest request;
        request.id = std::forward<Id>(id);
        return remove(request, options);
    }

  private:
    Client client_;
};

}  // namespace v3
}  // namespace sent

inline sent::Templates sent::Client::templates() const {
    return Templates{*this};
}

SENT_DETAIL_DESCRIBE(sent::v3::Template);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v3::Template>);
SENT_DETAIL_DESCRIBE(sent::v3::CreateTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v3::ListTemplatesRequest);
SENT_DETAIL_DESCRIBE(sent::v3::GetTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v3::UpdateTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v3::RemoveTemplateRequest);
SENT_DETAIL_OPERATION(sent::v3::CreateTemplateRequest, sent::v3::Template);
SENT_DETAIL_OPERATION(sent::v3::ListTemplatesRequest, sent::Page<sent::v3::Template>);
SENT_DETAIL_OPERATION(sent::v3::GetTemplateRequest, sent::v3::Template);
SENT_DETAIL_OPERATION(sent::v3::UpdateTemplateRequest, sent::v3::Template);
SENT_DETAIL_OPERATION(sent::v3::RemoveTemplateRequest, void);
