//! Texts for tests.

/// Paragraphs of our own about different things, about fifty syllables each.
pub(crate) const PARAGRAPHS: [&str; 8] = [
    "Sáng 12/6, Ủy ban nhân dân tỉnh Sơn Khê họp bàn việc giữ rừng đầu nguồn sông Khê. Sau mùa cháy vừa qua, hơn bốn \
     mươi tổ tuần rừng đã được lập ở các bản giáp ranh, mỗi tổ có sáu người thay nhau đi hai buổi một tuần.",
    "Chủ tịch xã Thạch Lũng kể rằng người dân được trả công bằng tiền dịch vụ môi trường, niêm yết từng quý tại nhà \
     văn hóa. Nhà nào có người đi tuần thì được nhận trước, còn lại chia đều theo số nhân khẩu của bản.",
    "Hạt kiểm lâm huyện Bản Sảng cho hay ảnh vệ tinh báo về mỗi năm ngày một lần, nhưng nương mới thường nhỏ hơn một \
     điểm ảnh. Vì vậy cán bộ vẫn phải leo dốc, chụp ảnh, ghi tọa độ rồi mới lập biên bản được.",
    "Phó chủ tịch tỉnh đề nghị các trường nội trú đưa chuyện giữ rừng vào giờ ngoại khóa. Học sinh lớp tám sẽ ươm cây \
     lim ở vườn trường và mang về trồng quanh mó nước của bản mình trong dịp nghỉ hè.",
    "Cuối buổi họp, đại diện ngân hàng chính sách giới thiệu khoản vay mới cho hộ nhận khoán trên ba héc ta, lãi suất \
     bằng một nửa mức thường và chỉ phải trả gốc từ năm thứ tư trở đi.",
    "Bến xe khách phía nam thành phố mở cửa trở lại sau tám tháng sửa chữa. Nhà chờ có thêm mái che, lối đi cho xe lăn \
     và bảng giờ chạy bằng cả tiếng Kinh lẫn tiếng Thái, do sinh viên trường nghề dịch.",
    "Giá chè búp tươi ở Đồng Ngần xuống dưới mười nghìn đồng một cân giữa vụ thu. Hợp tác xã khuyên bà con hái thưa \
     hơn, sao tay những mẻ nhỏ và bán ở chợ phiên thay vì gửi hết cho xưởng.",
    "Đội bóng chuyền nữ của tỉnh thắng ba trận liền ở vòng bảng tổ chức tại Lục Hà. Huấn luyện viên nói tập thể còn \
     non kinh nghiệm, song tinh thần tốt và sẽ đặt mục tiêu vào bán kết giải trẻ toàn quốc.",
];
