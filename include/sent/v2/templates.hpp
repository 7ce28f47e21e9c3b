#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>
#include <sent/v2/template_definition.hpp>

namespace sent::v2 {

/// Review status of a template. Open enumeration: see OpenEnum.
class TemplateStatus : public OpenEnum<TemplateStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant draft{"DRAFT"};
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant approved{"APPROVED"};
    static constexpr Constant rejected{"REJECTED"};
};

/// Purpose of a template. Open enumeration: see OpenEnum.
class TemplateCategory : public OpenEnum<TemplateCategory> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant utility{"UTILITY"};
    static constexpr Constant authentication{"AUTHENTICATION"};
};

/// A template. Members that the service leaves out are empty.
struct Template {
    std::string id{};
    /// Name; the service chooses it.
    std::string display_name{};
    TemplateCategory category{};
    /// Language, such as `en_US`.
    std::string language{};
    TemplateDefinition definition{};
    TemplateStatus status{};
    /// Whether the template can be used for sending.
    bool is_published = false;
    std::optional<std::string> whatsapp_template_id{};
    std::optional<std::string> whatsapp_template_name{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// Lists templates: `GET /v2/templates`. See Templates::list().
struct ListTemplatesRequest {
    /// Number of the page, counted from 0. Defaults to 0.
    std::int32_t page = 0;
    /// Templates on a page, 1 to 1000. Defaults to 100.
    std::int32_t page_size = 100;
    /// Part of the name or content. If it is empty, all templates match.
    std::string search{};
    /// If it is set, only templates with this status match.
    TemplateStatus status{};
    /// If it is set, only templates of this category match.
    TemplateCategory category{};
};

/// Reads a template: `GET /v2/templates/{id}`. See Templates::get().
struct GetTemplateRequest {
    /// Required.
    std::string id{};
};

/// Creates a template: `POST /v2/templates`. See Templates::create().
struct CreateTemplateRequest {
    /// Required.
    TemplateDefinition definition{};
    /// If it is empty, the service chooses one. It cannot be changed later.
    TemplateCategory category{};
    /// Language, such as `en_US`. If it is empty, the service detects it. It cannot be changed later.
    std::string language{};
    /// If it is false, which is the default, the template stays a draft.
    bool submit_for_review = false;
};

/// Removes a template: `DELETE /v2/templates/{id}`. See Templates::remove().
struct RemoveTemplateRequest {
    /// Required.
    std::string id{};
};

/// Reads, creates and removes templates through v2. Thread-safe.
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// Returns one page of templates: `GET /v2/templates`. A read: retried after transient failures.
    Result<Page<Template>> list(const ListTemplatesRequest& request = {},
                                const CallOptions& options = {}) const;
    /// Returns a range over all templates that match, from `request.page` on. The range fetches pages of
    /// `request.page_size` lazily; each element is a Result, and an error is the last element.
    [[nodiscard]] PageRange<Template> all(const ListTemplatesRequest& request = {},
                                          const CallOptions& options = {}) const;
    /// Returns the template with this id: `GET /v2/templates/{id}`. A read: retried after transient failures.
    /// If the id is unknown, the call fails with ErrorKind::not_found.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;
    /// Creates a template: `POST /v2/templates`. The service accepts no idempotency key here: if it is
    /// unknown whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown. List the templates before you create it again.
    Result<Template> create(const CreateTemplateRequest& request, const CallOptions& options = {}) const;
    /// Removes a template: `DELETE /v2/templates/{id}`. If a message uses the template, the service hides it;
    /// otherwise it deletes the template. The service accepts no idempotency key here: if it is unknown
    /// whether the request took effect, the library does not retry it and the call ends with
    /// Outcome::unknown.
    Result<void> remove(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_OPEN_ENUM(sent::v2::TemplateStatus, draft, pending, approved, rejected);
SENT_DETAIL_OPEN_ENUM(sent::v2::TemplateCategory, marketing, utility, authentication);

SENT_DETAIL_DESCRIBE(sent::v2::Template);
SENT_DETAIL_DESCRIBE(sent::Page<sent::v2::Template>);
SENT_DETAIL_DESCRIBE(sent::v2::ListTemplatesRequest);
SENT_DETAIL_DESCRIBE(sent::v2::GetTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v2::CreateTemplateRequest);
SENT_DETAIL_DESCRIBE(sent::v2::RemoveTemplateRequest);
SENT_DETAIL_OPERATION(sent::v2::ListTemplatesRequest, sent::Page<sent::v2::Template>);
SENT_DETAIL_OPERATION(sent::v2::GetTemplateRequest, sent::v2::Template);
SENT_DETAIL_OPERATION(sent::v2::CreateTemplateRequest, sent::v2::Template);
SENT_DETAIL_OPERATION(sent::v2::RemoveTemplateRequest, void);
