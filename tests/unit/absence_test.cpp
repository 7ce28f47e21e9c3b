// The rule for members that may be absent (docs/v3.md, "Absent, null, value"), over the tables of all
// operations.
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <sent/operations.hpp>

#include "json/field.hpp"
#include "operations/registry.hpp"

namespace sent::detail {
namespace {

using ::testing::IsEmpty;

bool is_container(Kind kind) {
    return kind == Kind::vector || kind == Kind::map || kind == Kind::raw_json;
}

bool is_text(Kind kind) {
    return kind == Kind::string || kind == Kind::secret || kind == Kind::open_enum;
}

/// Collects the members that break the rule, in a struct and in all structs inside it.
class Members {
  public:
    Members(const Route& route, bool is_request) : method_(route.method), is_request_(is_request) {}

    void check(const StructInfo& info) {
        if (!visited_.insert(&info).second) {
            return;
        }
        for (const auto& field : info) {
            check(info, field);
            const auto* type = field.type;
            while (type->element != nullptr) {
                type = type->element;
            }
            if (type->kind == Kind::structure) {
                check(type->structure());
            }
        }
    }
    [[nodiscard]] const std::vector<std::string>& broken() const { return broken_; }

  private:
    void check(const StructInfo& info, const Field& field) {
        const auto kind = field.type->kind;
        const auto name = std::string{info.name} + "." + std::string{field.name};
        const auto require = [&](bool holds, const char* what) {
            if (!holds) {
                broken_.push_back(name + ": " + what);
            }
        };
        if (kind == Kind::optional) {
            require(!is_container(field.type->element->kind) || tell_absent_from_empty_.count(name) != 0,
                    "a list, map or JSON is not optional");
            require(field.location != Location::query || !is_text(field.type->element->kind),
                    "a filter that is text is plain");
            require(!field.is_required, "a required member is plain");
        }
        require(kind != Kind::timestamp, "a time is optional");
        if (kind == Kind::nullable) {
            const bool is_update = method_ == "PATCH" || method_ == "PUT";
            require(is_request_ && (is_update || accept_null_.count(name) != 0), "only updates are Nullable");
        }
        if (!is_request_ && kind == Kind::structure) {
            require(always_sent_.count(name) != 0, "a struct that the service may leave out is optional");
        }
    }

    /// Requests besides updates in which the service accepts null.
    const std::set<std::string> accept_null_{
        "v3::CreateWebhookRequest.event_filters", "v3::CreateWebhookRequest.sender_profile",
        "v3::SenderProfileWebhook.event_filters", "v3::RemoveTemplateRequest.delete_from_meta"};
    /// Lists in answers whose absence means something else than an empty list.
    const std::set<std::string> tell_absent_from_empty_{"v3::MarketCompliance.documents"};
    /// Structs in answers that the service always sends.
    const std::set<std::string> always_sent_{"Page.pagination",
                                             "v2::Template.definition",
                                             "v2::TemplateDefinition.body",
                                             "v2::TemplateButton.props",
                                             "v2::TemplateVariable.props",
                                             "v3::Account.channels",
                                             "v3::AccountChannels.sms",
                                             "v3::Call.from",
                                             "v3::Call.to",
                                             "v3::AccountChannels.whatsapp",
                                             "v3::AccountChannels.rcs"};

    std::string_view method_;
    bool is_request_;
    std::set<const StructInfo*> visited_{};
    std::vector<std::string> broken_{};
};

TEST(Absence, FollowsOneRuleInEveryStruct) {
    std::set<std::string> broken;
    for (const auto& operation : operations()) {
        const auto* route = find_route(operation.name);
        Members request{*route, true};
        request.check(route->request());
        broken.insert(request.broken().begin(), request.broken().end());
        if (route->response != nullptr) {
            Members response{*route, false};
            response.check(route->response());
            broken.insert(response.broken().begin(), response.broken().end());
        }
    }
    EXPECT_GT(operations().size(), 50U);
    EXPECT_THAT(broken, IsEmpty());
}

}  // namespace
}  // namespace sent::detail
