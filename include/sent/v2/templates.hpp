#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sent/client.hpp>
#include <sent/open_enum.hpp>
#include <sent/page.hpp>
#include <sent/timestamp.hpp>

namespace sent::v2 {

/// Review state of a template. The set is open.
class TemplateStatus : public OpenEnum<TemplateStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant draft{"DRAFT"};
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant approved{"APPROVED"};
    static constexpr Constant rejected{"REJECTED"};
};

/// What a template is for. The set is open.
class TemplateCategory : public OpenEnum<TemplateCategory> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant utility{"UTILITY"};
    static constexpr Constant authentication{"AUTHENTICATION"};
};

/// Kind of a header. The set is open.
class HeaderType : public OpenEnum<HeaderType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant text{"text"};
    static constexpr Constant image{"image"};
    static constexpr Constant video{"video"};
    static constexpr Constant document{"document"};
};

/// Kind of a button. The set is open.
class ButtonType : public OpenEnum<ButtonType> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant quick_reply{"QUICK_REPLY"};
    static constexpr Constant url{"URL"};
    static constexpr Constant phone_number{"PHONE_NUMBER"};
    static constexpr Constant voice_call{"VOICE_CALL"};
    static constexpr Constant copy_code{"COPY_CODE"};
};

/// Details of a template variable.
struct TemplateVariableProps {
    /// Such as `text`.
    std::optional<std::string> variable_type{};
    /// Example value, shown to reviewers.
    std::optional<std::string> sample{};
    /// Documented in one source only; sent when set.
    std::optional<std::string> regex{};
    std::optional<std::string> url{};
    std::optional<std::string> short_url{};
    std::optional<std::string> alt{};
    std::optional<std::string> media_type{};
};

/// A template variable: `{{1:variable}}` in a text stands for the variable of that text's list with id 1.
struct TemplateVariable {
    /// Number used in the placeholder.
    std::int32_t id = 0;
    /// Key used in `template_variables` when sending.
    std::string name{};
    std::string type{"variable"};
    TemplateVariableProps props{};
};

/// A text variable with an example for the reviewers: `text_variable(1, "firstName", "Mira")`.
[[nodiscard]] SENT_EXPORT TemplateVariable text_variable(std::int32_t id, std::string name,
                                                         std::string sample);

/// Header of a template.
struct TemplateHeader {
    /// Text with placeholders; `template` on the wire.
    std::string text{};
    HeaderType type{};
    std::vector<TemplateVariable> variables{};
};

/// Footer of a template.
struct TemplateFooter {
    /// Text with placeholders; `template` on the wire.
    std::string text{};
    /// `text`.
    std::string type{};
    std::vector<TemplateVariable> variables{};
};

/// Text for one channel, or for all.
struct TemplateBodyContent {
    /// Text with placeholders; `template` on the wire.
    std::string text{};
    std::vector<TemplateVariable> variables{};
    std::optional<std::string> type{};
};

/// Texts by channel; at least one is needed.
struct TemplateBody {
    /// For every channel without a text of its own.
    std::optional<TemplateBodyContent> multi_channel{};
    std::optional<TemplateBodyContent> sms{};
    std::optional<TemplateBodyContent> whatsapp{};
};

/// Settings of a button; which of them count depends on its type.
struct TemplateButtonProps {
    /// Label.
    std::optional<std::string> text{};
    std::optional<std::string> quick_reply_type{};
    std::optional<std::string> url_type{};
    std::optional<std::string> url{};
    std::optional<std::int32_t> active_for{};
    std::optional<std::string> country_code{};
    std::optional<std::string> phone_number{};
    std::optional<std::string> offer_code{};
    std::optional<std::string> otp_type{};
    std::optional<std::string> autofill_text{};
    std::optional<std::string> package_name{};
    std::optional<std::string> signature_hash{};
};

/// A button of a template.
struct TemplateButton {
    /// Position, from 1.
    std::int32_t id = 1;
    ButtonType type{};
    TemplateButtonProps props{};
};

/// For templates of the category AUTHENTICATION.
struct AuthenticationConfig {
    /// Adds the "do not share this code" line.
    bool add_security_recommendation = false;
    /// 1 to 90; adds a line that says so.
    std::optional<std::int32_t> code_expiration_minutes{};
};

/// Content of a template.
struct TemplateDefinition {
    /// Required.
    TemplateBody body{};
    std::optional<TemplateHeader> header{};
    std::optional<TemplateFooter> footer{};
    std::vector<TemplateButton> buttons{};
    /// Such as `1.0`.
    std::optional<std::string> definition_version{};
    std::optional<AuthenticationConfig> authentication_config{};
};

/// A template. What the service leaves out is empty.
struct Template {
    std::string id{};
    /// Made up by the service.
    std::string display_name{};
    TemplateCategory category{};
    /// Such as `en_US`.
    std::string language{};
    TemplateDefinition definition{};
    TemplateStatus status{};
    /// Usable for sending.
    bool is_published = false;
    std::optional<std::string> whatsapp_template_id{};
    std::optional<std::string> whatsapp_template_name{};
    std::optional<Timestamp> created_at{};
    std::optional<Timestamp> updated_at{};
};

/// `GET /v2/templates`.
struct ListTemplatesRequest {
    /// Counts from 0.
    std::int32_t page = 0;
    /// 1 to 1000.
    std::int32_t page_size = 100;
    /// Part of the name or content.
    std::string search{};
    TemplateStatus status{};
    TemplateCategory category{};
};

/// `GET /v2/templates/{id}`.
struct GetTemplateRequest {
    std::string id{};
};

/// `POST /v2/templates`.
struct CreateTemplateRequest {
    /// Required.
    TemplateDefinition definition{};
    /// Chosen by the service when empty. Cannot be changed later.
    TemplateCategory category{};
    /// Such as `en_US`; detected by the service when empty. Cannot be changed later.
    std::string language{};
    /// False: kept as a draft.
    bool submit_for_review = false;
};

/// `DELETE /v2/templates/{id}`.
struct RemoveTemplateRequest {
    std::string id{};
};

/// Templates by v2. Thread-safe.
class SENT_EXPORT Templates {
  public:
    explicit Templates(Client client) noexcept : client_(std::move(client)) {}

    /// `GET /v2/templates`. A read: repeated when it fails for a passing reason.
    Result<Page<Template>> list(const ListTemplatesRequest& request = {},
                                const CallOptions& options = {}) const;
    /// All templates that match, from `request.page` on, fetched lazily in pages of `request.page_size`.
    [[nodiscard]] PageRange<Template> all(const ListTemplatesRequest& request = {},
                                          const CallOptions& options = {}) const;
    /// `GET /v2/templates/{id}`. A read: repeated when it fails for a passing reason. Unknown id:
    /// ErrorKind::not_found.
    Result<Template> get(std::string id, const CallOptions& options = {}) const;
    /// `POST /v2/templates`. Never repeated once it may have left (Outcome::unknown): list before you create
    /// again.
    Result<Template> create(const CreateTemplateRequest& request, const CallOptions& options = {}) const;
    /// `DELETE /v2/templates/{id}`. The service removes a template that no message uses, and hides one that
    /// some do. Never repeated once it may have left (Outcome::unknown).
    Result<void> remove(std::string id, const CallOptions& options = {}) const;

  private:
    Client client_;
};

}  // namespace sent::v2

SENT_DETAIL_HASHABLE(sent::v2::TemplateStatus);
SENT_DETAIL_HASHABLE(sent::v2::TemplateCategory);
SENT_DETAIL_HASHABLE(sent::v2::HeaderType);
SENT_DETAIL_HASHABLE(sent::v2::ButtonType);

SENT_DETAIL_DESCRIBE(sent::v2::TemplateVariableProps);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateVariable);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateHeader);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateFooter);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateBodyContent);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateBody);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateButtonProps);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateButton);
SENT_DETAIL_DESCRIBE(sent::v2::AuthenticationConfig);
SENT_DETAIL_DESCRIBE(sent::v2::TemplateDefinition);
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
