// A null pointer, which std::getenv() returns for a variable that is not set, is empty text wherever text is
// taken.
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/webhooks.hpp>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

const char* const not_set = nullptr;
char* const not_set_either = nullptr;  // as std::getenv() returns it

template <class Enum>
class B23_OpenEnums : public ::testing::Test {};
using OpenEnums =
    ::testing::Types<v2::MessageStatus, v2::Channel, v2::NumberType, v2::TemplateStatus, v2::TemplateCategory,
                     v2::HeaderType, v2::ButtonType, Channel, TemplateCategory, MessageStatus, TemplateStatus,
                     MessageDirection, SenderStrategy, HeaderType, ButtonType, AutoReplyAction, AccountType,
                     BillingModel, ProfileStatus, EntityType, MessagingUseCase, UserRole, UserStatus,
                     WebhookDeliveryStatus, webhooks::EventFamily, webhooks::ConsentSource,
                     webhooks::ChannelStatus, webhooks::LinkKind, webhooks::TrafficClass>;
TYPED_TEST_SUITE(B23_OpenEnums, OpenEnums);

TYPED_TEST(B23_OpenEnums, AreEmptyFromANullPointer) {
    EXPECT_TRUE(TypeParam{not_set}.empty());
    EXPECT_TRUE(TypeParam{not_set_either}.empty());
    EXPECT_TRUE(TypeParam{typename TypeParam::Constant{nullptr}}.empty());
    TypeParam value{"x"};
    value = not_set;
    EXPECT_TRUE(value.empty());
    EXPECT_NE(TypeParam{"x"}, typename TypeParam::Constant{nullptr});
}

TEST(B23_Nullable, IsAbsentFromANullPointer) {
    EXPECT_TRUE(Nullable<std::string>{not_set}.is_absent());
    EXPECT_TRUE(Nullable<std::string>{not_set_either}.is_absent());
    EXPECT_TRUE(Nullable<Channel>{not_set}.is_absent());
    EXPECT_EQ(*Nullable<std::string>{"text"}, "text");
    EXPECT_EQ(*Nullable<Channel>{"sms"}, Channel::sms);
}

TEST(B23_Secrets, AreEmptyFromANullPointer) {
    EXPECT_TRUE(Secret{not_set}.empty());
    EXPECT_TRUE(Secret{not_set_either}.empty());
    EXPECT_TRUE(webhooks::SecretList{not_set}.begin()->empty());
}

TEST(B23_Headers, TakeANullPointerAsEmptyText) {
    Headers headers{{"X-One", not_set}, {"X-Two", not_set_either}, {"X-Three", "3"}};
    headers.add("X-Four", not_set);
    headers.set("X-Three", not_set_either);
    EXPECT_EQ(headers, (Headers{{"X-One", ""}, {"X-Two", ""}, {"X-Three", ""}, {"X-Four", ""}}));
    EXPECT_FALSE(headers.contains(not_set));
    EXPECT_EQ(headers.get(not_set_either), std::nullopt);
    headers.remove(not_set);
    EXPECT_EQ(headers.size(), 4U);
}

TEST(B23_Headers, TakeAnyKindOfString) {
    const std::string name = "X-One";
    const std::string_view value = "1";
    const std::pair<std::string, std::string> pair{"X-Two", "2"};
    Headers headers{{name, value}, pair};
    headers.set(name, std::string{"one"});
    EXPECT_EQ(headers, (Headers{{"X-One", "one"}, {"X-Two", "2"}}));
}

/// Servers that are written in C return null for a header that is not there.
TEST(B23_HeaderView, TakesANullPointerAsAnAbsentHeader) {
    const std::vector<std::pair<const char*, const char*>> fields{{"x-webhook-id", not_set},
                                                                  {"x-webhook-timestamp", "17"}};
    const webhooks::HeaderView view{fields};
    EXPECT_EQ(view.get("x-webhook-id"), std::nullopt);
    EXPECT_EQ(view.get("x-webhook-timestamp"), "17");
    EXPECT_EQ(
        (webhooks::HeaderView{{"x-webhook-id", not_set}, {"x-webhook-timestamp", "17"}}.get("x-webhook-id")),
        std::nullopt);
    webhooks::VerifierOptions options;
    options.secrets = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    EXPECT_EQ(webhooks::Verifier{options}.check({{"x-webhook-id", not_set}}, "{}"),
              webhooks::Verdict::missing_id);
}

using B23_Profile = ClientFixture;

TEST_F(B23_Profile, IsTheClientsOwnFromANullPointer) {
    mock->otherwise(testing::Reply::json(200, "{}").always());
    (void)Client{options()}.for_profile("other").for_profile(not_set).me();
    EXPECT_EQ(mock->requests().at(0).headers.get("x-profile-id").value_or("none"), "none");
}

}  // namespace
}  // namespace sent::test
